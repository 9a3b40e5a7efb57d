// The words of the screens, held to their rules: both languages adjacent and filled, the same {places} in both, Persian
// letters (no Arabic ي ك or digits), and no text written into a template past the words.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('../src', import.meta.url).pathname
const faults = []
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort().join(',')
const seen = new Map()
const NOT_WORDS = new Set(['index.ts', 'language.ts', 'numbers.ts', 'told.ts', 'dates.ts'])

for (const file of readdirSync(join(root, 'words')).filter((f) => !NOT_WORDS.has(f))) {
  const text = readFileSync(join(root, 'words', file), 'utf8')
  const entry = /^ {2}(?:'([^']+)'|(\w+)): \{\n(.*)\n(.*)\n {2}\},$/gm
  const keys = text.match(/^ {2}(?:'[^']+'|\w+): \{$/gm) ?? []
  let read = 0
  for (const [, quoted, bare, first, second] of text.matchAll(entry)) {
    read += 1
    const key = quoted ?? bare
    const fa = /^ {4}fa: '(.+)',$/.exec(first)?.[1]
    const en = /^ {4}en: '(.+)',$/.exec(second)?.[1]
    if (!fa || !en) faults.push(`${file}: ${key}: needs a line fa and then a line en, both filled`)
    else if (places(fa) !== places(en)) faults.push(`${file}: ${key}: {${places(fa)}} in fa, {${places(en)}} in en`)
    if (fa && /[يىك٠-٩]/.test(fa)) faults.push(`${file}: ${key}: Arabic letters or digits in the Persian text`)
    if (seen.has(key)) faults.push(`${file}: ${key}: also in ${seen.get(key)}`)
    seen.set(key, file)
  }
  if (read !== keys.length) faults.push(`${file}: ${keys.length - read} of ${keys.length} entries are not written on four lines`)
}

const folders = [root]
while (folders.length) {
  const folder = folders.pop()
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name)
    if (item.isDirectory()) folders.push(path)
    else if (item.name.endsWith('.vue')) {
      const source = readFileSync(path, 'utf8')
      const template = source.slice(source.indexOf('<template>'))
      const markup = template.slice(0, template.lastIndexOf('</template>')).replace(/<!--[\s\S]*?-->/g, '')
      const bare = markup.replace(/\{\{[\s\S]*?\}\}/g, '').match(/>[^<>]*[A-Za-z\u0621-\u064a\u067e-\u06cc]{3,}[^<>]*</g) ?? []
      for (const found of bare) {
        const words = found.slice(1, -1).trim()
        if (!/[=&]|=>/.test(words) && !/EPSG/.test(words)) faults.push(`${path.slice(root.length + 1)}: text past the words: ${words}`)
      }
      if (/\sstyle="/.test(markup)) faults.push(`${path.slice(root.length + 1)}: a style attribute, which the policy refuses`)
    }
  }
}

// A text that no screen says any more is a leftover. Dotted ones are terms that data names by code.
const code = []
for (const queue = [root]; queue.length; ) {
  const folder = queue.pop()
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name)
    if (item.isDirectory()) queue.push(path)
    else if (/\.(vue|ts)$/.test(item.name) && (folder !== join(root, 'words') || NOT_WORDS.has(item.name))) {
      code.push(readFileSync(path, 'utf8'))
    }
  }
}
const said = code.join('\n')
for (const [key, file] of seen) {
  if (!key.includes('.') && !said.includes(`'${key}'`)) faults.push(`${file}: ${key}: said nowhere`)
}

// Whoever draws meets the refusals of a proposal; each code of the service has a sentence here.
const law = new URL('../../gis/proposal', import.meta.url).pathname
for (const file of readdirSync(law).filter((f) => f.endsWith('.py'))) {
  for (const [, refused] of readFileSync(join(law, file), 'utf8').matchAll(/refuse\(\s*"(\w+)"/g)) {
    if (!seen.has(`problem.proposal.${refused}`)) faults.push(`problems.ts: problem.proposal.${refused}: the service refuses with it, and it has no text`)
  }
}

if (faults.length) {
  console.error(faults.join('\n'))
  process.exit(1)
}
console.log(`words: ${seen.size} texts in both languages`)
