import type { Verdict } from '@/api/shapes'
import type { Palette } from './palette'

export interface CaseMark {
  x: number
  y: number
  /** The tracking code, for those who may open the case. */
  key: string | null
  /** The step of the procedure; a procedure may have steps that are unknown here. */
  state: string
  /** Told to the staff only. */
  verdict: Verdict | null
}

/** The states that have a colour and a sign of their own, in the order of a case's life. */
export const STATES = ['filed', 'judged', 'closed'] as const

/** What a mark shows of a state: a dot for «arrived», two strokes for «compared with the rules», one for «done»; nothing for others. */
type Sign = 'dot' | 'strokes' | 'stroke' | null
export function signOf(state: string): Sign {
  if (state === 'filed') return 'dot'
  if (state === 'judged') return 'strokes'
  return state === 'closed' ? 'stroke' : null
}

/** A small sheet of paper in the colour of the state with the state's sign, around the origin; `r` is half its side. */
export function drawState(ctx: CanvasRenderingContext2D, state: string, r: number, palette: Palette): void {
  ctx.beginPath()
  ctx.roundRect(-r - 2, -r - 2, 2 * r + 4, 2 * r + 4, r * 0.4 + 2)
  ctx.fillStyle = palette.halo
  ctx.fill()
  ctx.beginPath()
  ctx.roundRect(-r, -r, 2 * r, 2 * r, r * 0.4)
  ctx.fillStyle = palette.state(state)
  ctx.fill()
  ctx.fillStyle = palette.halo
  const sign = signOf(state)
  const bar = (y: number): void => ctx.fillRect(-r * 0.55, y * r - r * 0.13, r * 1.1, r * 0.26)
  if (sign === 'dot') {
    ctx.beginPath()
    ctx.arc(0, 0, r * 0.4, 0, Math.PI * 2)
    ctx.fill()
  } else if (sign === 'strokes') [-0.32, 0.32].forEach(bar)
  else if (sign === 'stroke') bar(0)
}

export function drawCaseMark(ctx: CanvasRenderingContext2D, mark: CaseMark, palette: Palette): void {
  ctx.save()
  ctx.translate(mark.x, mark.y)
  drawState(ctx, mark.state, 8.5, palette)
  ctx.restore()
}
