/** A loaded model with what it holds in memory, and how to let go of it. */
export interface LoadedModel<Value> {
  value: Value
  bytes: number
  close(): Promise<void>
}

interface Entry {
  loading: Promise<LoadedModel<unknown>>
  bytes: number
  users: number
}

export interface ModelCacheBounds {
  mostModels: number
  mostBytes: number
}

/**
 * Models loaded at first use. Of those that nobody uses at the moment, the ones not used for longest are closed while there are more
 * than the bounds allow.
 */
export class ModelCache {
  /** The least recently used first. */
  private readonly entries = new Map<string, Entry>()

  constructor(private readonly bounds: ModelCacheBounds) {}

  get names(): string[] {
    return [...this.entries.keys()]
  }

  /** Works with a model, which stays open until that is done. @throws what `load` throws; the next use loads again */
  async use<Value, Result>(name: string, load: () => Promise<LoadedModel<Value>>, work: (model: Value) => Promise<Result>): Promise<Result> {
    const entry = this.entries.get(name) ?? { loading: load(), bytes: 0, users: 0 }
    this.touch(name, entry)
    entry.users++
    try {
      const { value, bytes } = await entry.loading
      entry.bytes = bytes
      // What is loaded under a name is what its users say it is.
      return await work(value as Value)
    } catch (error) {
      if (entry.bytes === 0 && this.entries.get(name) === entry) this.entries.delete(name)
      throw error
    } finally {
      entry.users--
      await this.shrink()
    }
  }

  private touch(name: string, entry: Entry): void {
    this.entries.delete(name)
    this.entries.set(name, entry)
  }

  private async shrink(): Promise<void> {
    for (const [name, entry] of [...this.entries]) {
      const bytes = [...this.entries.values()].reduce((sum, each) => sum + each.bytes, 0)
      if (this.entries.size <= this.bounds.mostModels && bytes <= this.bounds.mostBytes) return
      if (entry.users > 0 || this.entries.get(name) !== entry) continue
      this.entries.delete(name)
      await (await entry.loading).close()
    }
  }
}

/** Of one process, beside the networks that work all the time. */
export const modelCache = new ModelCache({ mostModels: 8, mostBytes: 256 * 2 ** 20 })
