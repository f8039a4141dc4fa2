import { expect } from 'vitest'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { waitUntil } from '@/lib/infra/private-server'
import { freshBuilding, pointOf, predictionOf, statusOf, updateOf } from '@/lib/live/testing/live-data'
import { WINDOW_SECONDS, type Contract } from '@/lib/live/testing/store-contract'

/** What every adapter guarantees of predictions, status, window and channels. */
export function testLive({ test, store, another }: Contract): void {
  test('shows a late comer the latest prediction, the status and the window', async () => {
    const id = freshBuilding()
    expect(await store().latest(id)).toBeNull()
    expect(await store().status(id)).toBeNull()
    expect(await store().window(id)).toEqual([])
    await store().publish({ ...updateOf(id, 1), points: [pointOf(0), pointOf(1)] })
    await store().publish(updateOf(id, 2))
    const late = another()
    expect(await late.latest(id)).toEqual(predictionOf(id, 2))
    expect(await late.status(id)).toEqual(statusOf(id))
    expect(await late.window(id)).toEqual([pointOf(0), pointOf(1), pointOf(2)])
  })

  test('shows nothing of a building that was removed, and all of the others', async () => {
    const [id, other] = [freshBuilding(), freshBuilding()]
    await store().publishMany([updateOf(id, 1), updateOf(other, 1)])
    await store().forget(id)
    expect([await store().latest(id), await store().status(id), await store().window(id)]).toEqual([null, null, []])
    expect(await store().latest(other)).toEqual(predictionOf(other, 1))
    expect(await store().window(other)).toEqual([pointOf(1)])
  })

  test('bounds the window by its seconds, also over gaps and in one large update', async () => {
    const id = freshBuilding()
    const seconds = Array.from({ length: 150 }, (_, second) => second)
    await store().publish({ ...updateOf(id, 149), points: seconds.map((second) => pointOf(second)) })
    expect(await store().window(id)).toEqual(seconds.slice(-WINDOW_SECONDS).map((second) => pointOf(second)))
    await store().publish({ ...updateOf(id, 190), points: [pointOf(190)] })
    const remaining = seconds.filter((second) => second > 190 - WINDOW_SECONDS)
    expect(await store().window(id)).toEqual([...remaining, 190].map((second) => pointOf(second)))
  })

  test('replaces a second of the window that is published again', async () => {
    const id = freshBuilding()
    await store().publish({ ...updateOf(id, 1), points: [pointOf(0, 10), pointOf(1, 11)] })
    await store().publish({ ...updateOf(id, 2), points: [pointOf(1, 12), pointOf(2, 13)] })
    expect((await store().window(id)).map((point) => point[1])).toEqual([10, 12, 13])
  })

  test('loses nothing of the window to a reading from the future, once the clock is right again', async () => {
    const id = freshBuilding()
    const past = [0, 1, 2, 3].map((second) => pointOf(second))
    await store().publish({ ...updateOf(id, 3), points: past })
    await store().publish(updateOf(id, 7 * 3600))
    expect(await store().window(id)).toEqual([pointOf(7 * 3600)])
    await store().publish(updateOf(id, 4))
    expect((await store().latest(id))?.timestamp).toBe(predictionOf(id, 4).timestamp)
    expect(await store().window(id)).toEqual([...past, pointOf(4)])
    await store().publishMany([updateOf(id, 5), updateOf(id, 7 * 3600), updateOf(id, 6)])
    expect(await store().window(id)).toEqual([...past, pointOf(4), pointOf(5), pointOf(6)])
  })

  test('does not show again what a clock that was set back had shown, not even when that time comes', async () => {
    const id = freshBuilding()
    await store().publish({ ...updateOf(id, 30), points: [pointOf(0), pointOf(29, 999), pointOf(30, 999)] })
    await store().publish(updateOf(id, 5))
    expect(await store().window(id)).toEqual([pointOf(0), pointOf(5)])
    await store().publish(updateOf(id, 31))
    expect(await store().window(id)).toEqual([pointOf(0), pointOf(5), pointOf(31)])
  })

  test('takes no point into the window that is newer than its message', async () => {
    const id = freshBuilding()
    await store().publish({ ...updateOf(id, 1), points: [pointOf(0), pointOf(1), pointOf(2)] })
    expect(await store().window(id)).toEqual([pointOf(0), pointOf(1)])
  })

  test('publishes many updates at once, also several of one building', async () => {
    const ids = Array.from({ length: 250 }, () => `many-${freshBuilding()}`)
    const updates = ids.flatMap((id) => [updateOf(id, 1), updateOf(id, 2)])
    await store().publishMany(updates)
    for (const id of ids.slice(-5)) {
      expect(await store().latest(id)).toEqual(predictionOf(id, 2))
      expect(await store().window(id)).toEqual([pointOf(1), pointOf(2)])
    }
    await store().publishMany([])
  })

  test('delivers every prediction of a building to its subscribers, in order, and none to those who left', async () => {
    const id = freshBuilding()
    const [stays, leaves]: [PredictionMessage[], PredictionMessage[]] = [[], []]
    await another().subscribePredictions(id, (message) => stays.push(message))
    const leaving = await store().subscribePredictions(id, (message) => leaves.push(message))
    await store().publishMany([updateOf(id, 1), updateOf(id, 2)])
    expect(await waitUntil(() => stays.length === 2 && leaves.length === 2, 10_000)).toBe(true)
    await leaving.close()
    await store().publish(updateOf(id, 3))
    expect(await waitUntil(() => stays.length === 3, 10_000)).toBe(true)
    expect(stays).toEqual([1, 2, 3].map((second) => predictionOf(id, second)))
    expect(leaves).toHaveLength(2)
  })

  test('delivers a prediction however large it is', async () => {
    const id = freshBuilding()
    const message = { ...predictionOf(id, 1), model_version: 'long '.repeat(3_000) }
    const heard: PredictionMessage[] = []
    await store().subscribePredictions(id, (one) => heard.push(one))
    await store().publish({ ...updateOf(id, 1), message })
    expect(await waitUntil(() => heard.length === 1, 10_000)).toBe(true)
    expect(heard).toEqual([message])
  })

  test('keeps buildings apart whose ids begin alike, and lets "*" hear all', async () => {
    const one = freshBuilding()
    const ten = `${one}0`
    const heard: Record<string, string[]> = { one: [], ten: [], all: [], input: [], inputAll: [] }
    const listener = another()
    await listener.subscribePredictions(one, ({ building_id }) => heard.one?.push(building_id))
    await listener.subscribePredictions(ten, ({ building_id }) => heard.ten?.push(building_id))
    await listener.subscribePredictions('*', ({ building_id }) => building_id.startsWith(one) && heard.all?.push(building_id))
    await listener.subscribeInput(one, (id, json) => heard.input?.push(`${id} ${json}`))
    await listener.subscribeInput('*', (id, json) => id.startsWith(one) && heard.inputAll?.push(`${id} ${json}`))
    await store().publishMany([updateOf(one, 1), updateOf(ten, 2)])
    await store().publishInput(ten, '{"n": NaN}')
    await store().publishInput(one, 'ä"\n')
    expect(await waitUntil(() => heard.all?.length === 2 && heard.inputAll?.length === 2, 10_000)).toBe(true)
    expect(heard).toMatchObject({ one: [one], ten: [ten], input: [`${one} ä"\n`] })
    expect(heard.all?.sort()).toEqual([one, ten])
    // Two buildings may be on two nodes: nothing says whose message comes first.
    expect(heard.inputAll?.sort()).toEqual([`${one} ä"\n`, `${ten} {"n": NaN}`].sort())
    expect((await store().latest(one))?.building_id).toBe(one)
    expect((await store().latest(ten))?.building_id).toBe(ten)
  })

  test('does not let a pattern pass for a building id', async () => {
    for (const id of ['b*', 'b?', '[ab]', '', 'a b', 'x'.repeat(65)]) {
      await expect(store().subscribePredictions(id, () => {})).rejects.toThrow('not a building id')
      await expect(store().subscribeInput(id, () => {})).rejects.toThrow('not a building id')
    }
  })

  test('goes on delivering when a handler throws', async () => {
    const id = freshBuilding()
    const heard: number[] = []
    await store().subscribePredictions(id, () => {
      throw new Error('a fault of the handler')
    })
    await store().subscribePredictions(id, ({ timestamp }) => heard.push(timestamp))
    await store().publishMany([updateOf(id, 1), updateOf(id, 2)])
    expect(await waitUntil(() => heard.length === 2, 10_000)).toBe(true)
  })
}
