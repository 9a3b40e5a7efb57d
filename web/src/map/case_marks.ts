import type { Verdict } from '@/api/shapes'
import type { Palette } from './palette'

export interface CaseMark {
  x: number
  y: number
  key: string | null
  verdict: Verdict | null
  state: string
}

/** The path of a verdict's shape of the given half-size, around the origin. */
export function outline(ctx: CanvasRenderingContext2D, verdict: Verdict | null, r: number): void {
  ctx.beginPath()
  if (verdict === 'violates') {
    ctx.moveTo(0, -r)
    ctx.lineTo(r, r * 0.8)
    ctx.lineTo(-r, r * 0.8)
    ctx.closePath()
  } else if (verdict === 'undecided') {
    ctx.moveTo(0, -r)
    ctx.lineTo(r, 0)
    ctx.lineTo(0, r)
    ctx.lineTo(-r, 0)
    ctx.closePath()
  } else ctx.arc(0, 0, r * 0.85, 0, Math.PI * 2)
}

/** ● ▲ ◆ ○ with a paper rim; a closed case keeps its shape and loses its filling. */
export function drawCaseMark(ctx: CanvasRenderingContext2D, mark: CaseMark, palette: Palette): void {
  const colour = palette.verdict(mark.verdict)
  ctx.save()
  ctx.translate(mark.x, mark.y)
  outline(ctx, mark.verdict, 10.5)
  ctx.fillStyle = palette.halo
  ctx.fill()
  outline(ctx, mark.verdict, 8)
  const open = mark.state !== 'closed' && mark.verdict !== null && mark.verdict !== 'not_applicable'
  ctx.fillStyle = open ? colour : palette.halo
  ctx.fill()
  ctx.strokeStyle = colour
  ctx.lineWidth = 2.2
  ctx.stroke()
  ctx.restore()
}
