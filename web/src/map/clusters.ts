import { drawState, STATES, type CaseMark } from './case_marks'
import { write } from './lettering'
import type { Palette } from './palette'

/** Marks that would lie on one another, told as one with their number. */
export interface Cluster {
  x: number
  y: number
  radius: number
  marks: readonly CaseMark[]
}

const CELL = 44
const MARK = 11
const ROW = 5

function size(n: number): number {
  return n === 1 ? MARK : n < 10 ? 16 : n < 100 ? 19 : 23
}

function merged(marks: readonly CaseMark[]): Cluster {
  const x = marks.reduce((sum, m) => sum + m.x, 0) / marks.length
  const y = marks.reduce((sum, m) => sum + m.y, 0) / marks.length
  return { x, y, radius: size(marks.length), marks }
}

/**
 * Marks gathered where they would touch. `origin` is the view's place in the pixels of the world: the cells lie on the
 * ground, so a move of the map changes no cluster. Marks of one and the same point stand side by side when `near`.
 */
export function gather(marks: readonly CaseMark[], origin: { x: number; y: number }, near: boolean): Cluster[] {
  const cells = new Map<string, CaseMark[]>()
  for (const mark of marks) {
    const cell = `${Math.floor((mark.x + origin.x) / CELL)}/${Math.floor((mark.y + origin.y) / CELL)}`
    const there = cells.get(cell)
    if (there) there.push(mark)
    else cells.set(cell, [mark])
  }
  const sorted = [...cells.values()].map(merged).sort((a, b) => b.marks.length - a.marks.length || a.y - b.y || a.x - b.x)
  const kept: Cluster[] = []
  for (const next of sorted) {
    const at = kept.findIndex((c) => Math.hypot(c.x - next.x, c.y - next.y) < c.radius + next.radius)
    const touched = kept[at]
    if (touched) kept[at] = merged([...touched.marks, ...next.marks])
    else kept.push(next)
  }
  return near ? kept.flatMap(sideBySide) : kept
}

/** Several requests on one plot, each to be picked by itself; marks that further zooming parts stay together. */
function sideBySide(cluster: Cluster): Cluster[] {
  const { marks, x, y } = cluster
  const one = marks.every((m) => Math.hypot(m.x - x, m.y - y) < 1)
  if (marks.length === 1 || !one) return [cluster]
  const columns = Math.min(ROW, marks.length)
  return marks.map((mark, i) => {
    const row = Math.floor(i / ROW)
    const at = { x: x + ((i % ROW) - (columns - 1) / 2) * MARK * 2, y: y + row * MARK * 2 }
    return { ...at, radius: MARK, marks: [{ ...mark, ...at }] }
  })
}

/** The states among the marks with their numbers, in the order of a case's life; unknown ones last. */
function statesOf(marks: readonly CaseMark[]): { state: string; n: number }[] {
  const counted = new Map<string, number>(STATES.map((state) => [state, 0]))
  for (const { state } of marks) counted.set(state, (counted.get(state) ?? 0) + 1)
  return [...counted].map(([state, n]) => ({ state, n })).filter(({ n }) => n > 0)
}

/** A disc with the number, and around it an arc for each state with the state's own sign on it. */
export function drawCluster(ctx: CanvasRenderingContext2D, cluster: Cluster, palette: Palette, label: string): void {
  const { x, y, radius, marks } = cluster
  const kinds = statesOf(marks)
  const share = (n: number): number => 0.6 + (n / marks.length) * (Math.PI * 2 - 0.6 * kinds.length)
  ctx.save()
  ctx.translate(x, y)
  ctx.beginPath()
  ctx.arc(0, 0, radius + 2, 0, Math.PI * 2)
  ctx.fillStyle = palette.paper
  ctx.fill()
  const first = kinds[0]
  let from = -Math.PI / 2 - (first ? share(first.n) / 2 : 0)
  for (const { state, n } of kinds) {
    const to = from + share(n)
    ctx.beginPath()
    ctx.arc(0, 0, radius - 1, from + (kinds.length > 1 ? 0.06 : 0), to)
    ctx.strokeStyle = palette.state(state)
    ctx.lineWidth = 3
    ctx.stroke()
    const middle = (from + to) / 2
    ctx.save()
    ctx.translate(Math.cos(middle) * (radius - 1), Math.sin(middle) * (radius - 1))
    drawState(ctx, state, 5, palette)
    ctx.restore()
    from = to
  }
  ctx.restore()
  const font = `700 ${radius > 20 ? 12 : 13}px 'Vazirmatn Variable', Tahoma, sans-serif`
  write(ctx, label, { x, y: y + 1 }, { font, ink: palette.ink, halo: palette.paper, haloWidth: 2 })
}
