import type { Verdict } from '@/api/shapes'
import { outline, type CaseMark } from './case_marks'
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
const ORDER: readonly (Verdict | null)[] = ['violates', 'undecided', 'complies', 'not_applicable', null]

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

/** A disc with the number, and around it an arc for each verdict with the verdict's own shape on it. */
export function drawCluster(ctx: CanvasRenderingContext2D, cluster: Cluster, palette: Palette, label: string): void {
  const { x, y, radius, marks } = cluster
  const kinds = ORDER.map((verdict) => ({ verdict, n: marks.filter((m) => m.verdict === verdict).length })).filter((k) => k.n > 0)
  const share = (n: number): number => 0.6 + (n / marks.length) * (Math.PI * 2 - 0.6 * kinds.length)
  ctx.save()
  ctx.translate(x, y)
  ctx.beginPath()
  ctx.arc(0, 0, radius + 2, 0, Math.PI * 2)
  ctx.fillStyle = palette.paper
  ctx.fill()
  const first = kinds[0]
  let from = -Math.PI / 2 - (first ? share(first.n) / 2 : 0)
  for (const { verdict, n } of kinds) {
    const to = from + share(n)
    ctx.beginPath()
    ctx.arc(0, 0, radius - 1, from + (kinds.length > 1 ? 0.06 : 0), to)
    ctx.strokeStyle = palette.verdict(verdict)
    ctx.lineWidth = 3
    ctx.stroke()
    const middle = (from + to) / 2
    ctx.save()
    ctx.translate(Math.cos(middle) * (radius - 1), Math.sin(middle) * (radius - 1))
    outline(ctx, verdict, 6.5)
    ctx.fillStyle = palette.paper
    ctx.fill()
    outline(ctx, verdict, 4.8)
    ctx.fillStyle = palette.verdict(verdict)
    ctx.fill()
    ctx.restore()
    from = to
  }
  ctx.restore()
  const font = `700 ${radius > 20 ? 12 : 13}px 'Vazirmatn Variable', Tahoma, sans-serif`
  write(ctx, label, { x, y: y + 1 }, { font, ink: palette.ink, halo: palette.paper, haloWidth: 2 })
}
