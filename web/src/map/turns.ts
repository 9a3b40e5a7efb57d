/** Gives heavy work its turns: one job in a task, so that between two of them the browser serves the finger and the screen. */
export class Turns {
  private readonly waiting: (() => void)[] = []
  private readonly bell = new MessageChannel()

  constructor() {
    this.bell.port1.onmessage = () => {
      this.waiting.shift()?.()
      if (this.waiting.length > 0) this.bell.port2.postMessage(null)
    }
  }

  /** Resolves when it is the caller's turn. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve)
      if (this.waiting.length === 1) this.bell.port2.postMessage(null)
    })
  }
}
