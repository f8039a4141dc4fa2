import { describe, expect, it } from 'vitest'
import { ModelCache, type LoadedModel } from './model-cache'

function library() {
  const events: string[] = []
  const load = (name: string, bytes = 10) => async (): Promise<LoadedModel<string>> => {
    events.push(`open ${name}`)
    return { value: name, bytes, close: async () => void events.push(`close ${name}`) }
  }
  return { events, load }
}

describe('the cache of models', () => {
  it('loads a model once, and closes the one not used for longest where there are too many', async () => {
    const { events, load } = library()
    const cache = new ModelCache({ mostModels: 2, mostBytes: 1000 })
    for (const name of ['a', 'b', 'a', 'c']) expect(await cache.use(name, load(name), async (model) => model)).toBe(name)
    expect(events).toEqual(['open a', 'open b', 'open c', 'close b'])
    expect(cache.names).toEqual(['a', 'c'])
  })

  it('keeps within its bytes', async () => {
    const { events, load } = library()
    const cache = new ModelCache({ mostModels: 9, mostBytes: 100 })
    await cache.use('small', load('small', 30), async () => {})
    await cache.use('large', load('large', 90), async () => {})
    expect(events).toEqual(['open small', 'open large', 'close small'])
  })

  it('never closes what is in use, and shares one that is being loaded', async () => {
    const { events, load } = library()
    const cache = new ModelCache({ mostModels: 1, mostBytes: 1000 })
    let finish = () => {}
    const long = cache.use('a', load('a'), () => new Promise<void>((resolve) => (finish = resolve)))
    const same = cache.use('a', load('a'), async () => 'shared')
    await cache.use('b', load('b'), async () => {})
    expect(await same).toBe('shared')
    expect(events).toEqual(['open a', 'open b', 'close b'])
    finish()
    await long
    expect(cache.names).toEqual(['a'])
  })

  it('tries again after a model could not be loaded, and keeps one whose work failed', async () => {
    const { load } = library()
    const cache = new ModelCache({ mostModels: 2, mostBytes: 1000 })
    const broken = async () => Promise.reject<LoadedModel<string>>(new Error('damaged'))
    await expect(cache.use('a', broken, async () => {})).rejects.toThrow('damaged')
    expect(await cache.use('a', load('a'), async (model) => model)).toBe('a')
    await expect(cache.use('a', load('a'), () => Promise.reject(new Error('work')))).rejects.toThrow('work')
    expect(cache.names).toEqual(['a'])
  })
})
