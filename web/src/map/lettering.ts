export interface Pixel {
  x: number
  y: number
}
export interface Run {
  from: Pixel
  to: Pixel
  length: number
}

/** The longest nearly straight stretch of a line (turns under ~12° in all), where a name can stand. Null for a point. */
export function straightestRun(line: readonly Pixel[]): Run | null {
  let best: Run | null = null
  for (let start = 0; start + 1 < line.length; start += 1) {
    const first = line[start] as Pixel
    let end = start + 1
    const heading = Math.atan2((line[end] as Pixel).y - first.y, (line[end] as Pixel).x - first.x)
    while (end + 1 < line.length) {
      const a = line[end] as Pixel
      const b = line[end + 1] as Pixel
      const turn = Math.abs(Math.sin(Math.atan2(b.y - a.y, b.x - a.x) - heading))
      const forward = Math.cos(Math.atan2(b.y - a.y, b.x - a.x) - heading) > 0
      if (!forward || turn > 0.2) break
      end += 1
    }
    const last = line[end] as Pixel
    const length = Math.hypot(last.x - first.x, last.y - first.y)
    if (!best || length > best.length) best = { from: first, to: last, length }
  }
  return best
}

/** The part of a run that lies in the view (Liang–Barsky), so that a name stands where it is seen. Null outside. */
export function clipToView(run: Run, width: number, height: number): Run | null {
  const dx = run.to.x - run.from.x
  const dy = run.to.y - run.from.y
  let enter = 0
  let leave = 1
  const sides: [number, number][] = [
    [-dx, run.from.x],
    [dx, width - run.from.x],
    [-dy, run.from.y],
    [dy, height - run.from.y],
  ]
  for (const [speed, room] of sides) {
    if (speed === 0) {
      if (room < 0) return null
    } else if (speed < 0) enter = Math.max(enter, room / speed)
    else leave = Math.min(leave, room / speed)
  }
  if (enter >= leave) return null
  const at = (t: number): Pixel => ({ x: run.from.x + t * dx, y: run.from.y + t * dy })
  return { from: at(enter), to: at(leave), length: run.length * (leave - enter) }
}

/** Boxes already taken on the sheet: a label that would touch one is left out. */
export class Occupied {
  private readonly boxes: [number, number, number, number][] = []

  /** Claims a turned box when it is free; the box of the turned text's bounds is what counts. */
  claim(x: number, y: number, width: number, height: number, angle = 0): boolean {
    const half = [
      (Math.abs(Math.cos(angle)) * width + Math.abs(Math.sin(angle)) * height) / 2,
      (Math.abs(Math.sin(angle)) * width + Math.abs(Math.cos(angle)) * height) / 2,
    ] as const
    const box: [number, number, number, number] = [x - half[0], y - half[1], x + half[0], y + half[1]]
    const taken = this.boxes.some((b) => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])
    if (!taken) this.boxes.push(box)
    return !taken
  }
}

export function upright(angle: number): number {
  if (angle > Math.PI / 2) return angle - Math.PI
  if (angle <= -Math.PI / 2) return angle + Math.PI
  return angle
}

export function write(
  ctx: CanvasRenderingContext2D,
  text: string,
  at: Pixel,
  look: { font: string; ink: string; halo: string; angle?: number; haloWidth?: number },
): void {
  ctx.save()
  ctx.translate(at.x, at.y)
  if (look.angle) ctx.rotate(look.angle)
  ctx.font = look.font
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  ctx.strokeStyle = look.halo
  ctx.lineWidth = look.haloWidth ?? 3
  ctx.strokeText(text, 0, 0)
  ctx.fillStyle = look.ink
  ctx.fillText(text, 0, 0)
  ctx.restore()
}
