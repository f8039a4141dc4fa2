import { existsSync } from 'node:fs'
import path from 'node:path'
import { DateTime } from 'luxon'
import { env } from '@/lib/env'
import { createLogger } from '@/lib/infra/logger'
import { noteAssistantModel } from '@/lib/services/assistant-model'
import { Planner } from './planner/planner'
import type { BuiltIn } from './providers/configured'
import { ProviderError } from './providers/provider'
import { TurnQueue } from './providers/turn-queue'
import { wordAnswer } from './wording/word-answer'

// Global, because Next may load this module once per bundle: the model must be in memory once.
const shared = globalThis as typeof globalThis & {
  undercurrentPlanner?: { folder: string; loading: Promise<Planner> }
  undercurrentPlannerQueue?: TurnQueue
}
/** A plan takes some tenths of a second: the last of them begins within ten. */
const MAX_WAITING = 32
// One at a time: plans written at once on the same thread would all come late.
const queue = () => (shared.undercurrentPlannerQueue ??= new TurnQueue('The built-in assistant', MAX_WAITING))

/** The embedded model with the templates that word what its plans come to. */
export const builtIn: BuiltIn = {
  planner: {
    async plan(question, previous, request, signal) {
      const planner = await loadPlanner()
      const now = DateTime.fromSeconds(request.nowSeconds, { zone: request.site.timeZone })
      const options = { previous, now, clusters: await request.clusterNames() }
      return queue().run(() => planner.plan(question, options), signal)
    },
  },
  word: ({ plan, outcomes, timesLeftOut }, { question, site, nowSeconds, tools }) => {
    const { timeZone, currency } = site
    return wordAnswer({ question, plan, outcomes, timesLeftOut, tools, timeZone, currency, nowSeconds }).segments
  },
  async missing() {
    const folder = env().ASSISTANT_MODEL_DIR
    if (existsSync(path.join(folder, 'manifest.json'))) return null
    const missing = `The embedded model is not in the folder ${path.basename(folder)}.`
    return `${missing} An administrator has to correct ASSISTANT_MODEL_DIR.`
  },
}

/**
 * Loads the embedded model, once per process.
 * @throws ProviderError where its files are missing or broken
 */
export async function loadPlanner(): Promise<Planner> {
  const folder = env().ASSISTANT_MODEL_DIR
  if (shared.undercurrentPlanner?.folder !== folder) {
    shared.undercurrentPlanner = { folder, loading: Planner.load(folder) }
    const noteLoaded = () => {
      if (env().LLM_PROVIDER === 'embedded') noteAssistantModel({ name: path.basename(folder), path: folder })
    }
    shared.undercurrentPlanner.loading.then(noteLoaded, () => undefined)
    shared.undercurrentPlanner.loading.catch((err: unknown) => {
      createLogger('assistant').error({ err }, 'the embedded model cannot be loaded')
      // One that failed is tried again: its files may have been put right.
      shared.undercurrentPlanner = undefined
    })
  }
  return shared.undercurrentPlanner.loading.catch((cause: unknown) => {
    const message = 'The embedded model cannot be loaded. An administrator finds the reason in the log.'
    throw new ProviderError('bad_model', message, null, { cause })
  })
}
