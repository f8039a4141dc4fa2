import { describe, expect, it } from 'vitest'
import { TurnQueue } from './turn-queue'

const NEVER = new AbortController().signal

/** Work that ends when it is told to. */
function gated(log: string[], name: string) {
  let end: () => void = () => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  return {
    end,
    work: async () => {
      log.push(name)
      await ended
      return name
    },
  }
}

describe('a queue of turns', () => {
  it('lets one at a time through, in the order they came, also after one that failed', async () => {
    const queue = new TurnQueue('It', 5)
    const log: string[] = []
    const [first, third] = [gated(log, 'first'), gated(log, 'third')]
    const answers = [
      queue.run(first.work, NEVER),
      queue.run(() => Promise.reject(new Error('second failed')), NEVER),
      queue.run(third.work, NEVER),
      queue.run(async () => log.push('fourth'), NEVER),
    ]
    const settled = Promise.allSettled(answers)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(log).toEqual(['first'])
    first.end()
    await expect.poll(() => log).toEqual(['first', 'third'])
    third.end()
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(log).toEqual(['first', 'third', 'fourth'])
    expect(await queue.run(async () => 'free again', NEVER)).toBe('free again')
  })

  it('refuses whoever would wait behind too many, and says what to do', async () => {
    const queue = new TurnQueue('The small model', 1)
    const first = gated([], 'first')
    const answers = [queue.run(first.work, NEVER), queue.run(async () => 'second', NEVER)]
    await expect(queue.run(async () => 'third', NEVER)).rejects.toMatchObject({
      kind: 'busy', retryAfterSeconds: 5, message: expect.stringMatching(/^The small model is busy: 2 questions.*Ask again/),
    })
    first.end()
    expect(await Promise.all(answers)).toEqual(['first', 'second'])
  })

  it('gives the place of one who leaves to another, and never begins what was left', async () => {
    const queue = new TurnQueue('It', 1)
    const log: string[] = []
    const first = gated(log, 'first')
    const begun = queue.run(first.work, NEVER)
    const abort = new AbortController()
    const left = queue.run(async () => log.push('left'), abort.signal)
    const reason = new Error('heard enough')
    abort.abort(reason)
    await expect(left).rejects.toBe(reason)
    const taken = queue.run(async () => log.push('in its place'), NEVER)
    first.end()
    await Promise.all([begun, taken])
    expect(log).toEqual(['first', 'in its place'])
  })
})
