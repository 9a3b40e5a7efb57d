/**
 * The line of each place of a JSON text by its pointer (RFC 6901), so that a refusal can be shown in the person's own file.
 * The text must be valid JSON. `''` is the document, `/features/0` its first feature.
 */
export function linesByPointer(text: string): Map<string, number> {
  const lines = new Map<string, number>()
  let at = 0
  let line = 1
  const skip = (): void => {
    while (at < text.length && /\s/.test(text.charAt(at))) {
      if (text.charAt(at) === '\n') line += 1
      at += 1
    }
  }
  const string = (): string => {
    const start = at
    at += 1
    while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1
    at += 1
    return JSON.parse(text.slice(start, at)) as string
  }
  // An own stack, not recursion: a hostile file may be nested deeper than the browser's call stack.
  const open: { pointer: string; index: number; object: boolean }[] = []
  const step = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')
  let pointer = ''
  for (;;) {
    skip()
    const c = text.charAt(at)
    if (c === '{' || c === '[') {
      lines.set(pointer, line)
      at += 1
      skip()
      open.push({ pointer, index: 0, object: c === '{' })
    } else if (c !== '}' && c !== ']') {
      lines.set(pointer, line)
      if (c === '"') string()
      else while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1
      skip()
    }
    let top = open[open.length - 1]
    while (top && (text.charAt(at) === '}' || text.charAt(at) === ']')) {
      at += 1
      open.pop()
      top = open[open.length - 1]
      skip()
    }
    if (!top || at >= text.length) return lines
    if (text.charAt(at) === ',') {
      at += 1
      top.index += 1
      skip()
    }
    if (top.object) {
      const key = string()
      skip()
      at += 1
      pointer = `${top.pointer}/${step(key)}`
    } else pointer = `${top.pointer}/${top.index}`
  }
}

/** The line of a pointer, or of the nearest place around it that the text has. */
export function lineOf(text: string, pointer: string): number | null {
  const lines = linesByPointer(text)
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = lines.get(at)
    if (line !== undefined) return line
    if (at === '' || !at.includes('/')) return null
  }
}

/** Where a text stops being JSON, from the parser's own message: Chromium and Firefox name a position or a line. */
export function brokenLine(text: string, fault: SyntaxError): number | null {
  const line = /line (\d+)/.exec(fault.message)
  if (line) return Number(line[1])
  const position = /position (\d+)/.exec(fault.message)
  if (position) return text.slice(0, Number(position[1])).split('\n').length
  return /end of/i.test(fault.message) ? text.split('\n').length : null
}
