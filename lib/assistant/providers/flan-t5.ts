import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Figure, ToolResult } from '@/lib/contracts/assistant'
import { noteAssistantModel } from '@/lib/services/assistant-model'
import type { Wording } from './embedded'
import { type Planner, planAndCall } from './planned-answer'
import { dataText } from './prompt'
import { EventQueue } from './event-queue'
import { TurnQueue } from './turn-queue'
import {
  type AssistantProvider,
  type AssistantRequest,
  ProviderError,
  type ProviderEvent,
  type ProviderTraits,
  type TokenCounts,
} from './provider'

const MAX_FACTS = 25
/** An answer takes seconds: who would wait for more of them is better told so. */
const MAX_WAITING = 8
/** The published weights as ONNX; the others of the family have to be exported into a folder. */
const ONNX_NAMES: Record<string, string> = {
  'google/flan-t5-small': 'Xenova/flan-t5-small',
  'google/flan-t5-base': 'Xenova/flan-t5-base',
  'google/flan-t5-large': 'Xenova/flan-t5-large',
}

export interface FlanT5Options {
  /** google/flan-t5-base and its sizes, any T5 at the same place, or a folder with an ONNX export. */
  modelName: string
  /** Where downloaded weights are kept. */
  cacheDir: string
  device: 'cpu' | 'cuda' | 'webgpu' | 'auto'
  threads: number
  timeoutSeconds: number
}

interface Writing {
  maxTokens: number
  temperature: number
  signal: AbortSignal
  onText(text: string): void
}

type Generate = (prompt: string, writing: Writing) => Promise<TokenCounts>

/**
 * A T5 in this process, through transformers.js. It cannot call tools: the planner asks, the T5 words what came of it.
 * One answer at a time: others wait.
 */
export class FlanT5Provider implements AssistantProvider {
  readonly #queue = new TurnQueue('flan-t5', MAX_WAITING)
  #loading: Promise<Generate> | null = null

  /** @param wordPlan says what needs no facts: greetings, refusals, what is missing */
  constructor(
    readonly options: FlanT5Options,
    readonly planner: Planner,
    readonly wordPlan: Wording,
  ) {}

  describe(): ProviderTraits {
    return {
      provider: 'flan-t5',
      model: this.options.modelName,
      description: 'A small language model that runs on this computer; the built-in planner asks, it words the answer.',
      local: true,
      callsTools: false,
      freeText: true,
      slow: true,
    }
  }

  async problem(): Promise<string | null> {
    const { modelName } = this.options
    const isFolder = modelName.startsWith('.') || path.isAbsolute(modelName)
    if (!isFolder || existsSync(path.join(modelName, 'config.json'))) return null
    return `There is no model in the folder ${path.basename(modelName)}. An administrator has to correct MODEL_NAME.`
  }

  /** Loads the model, so that the first question need not wait for it. */
  async warm(): Promise<void> {
    await this.#load()
  }

  async *answer(request: AssistantRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    const outcome = yield* planAndCall(this.planner, request, signal)
    const { tokens } = outcome
    const results = outcome.outcomes.filter((found) => 'figures' in found)
    if (results.length === 0) {
      yield { type: 'worded', segments: this.wordPlan(outcome, request) }
      return yield { type: 'done', tokens }
    }
    const generate = await this.#load()
    const { timeoutSeconds } = this.options
    const deadline = AbortSignal.timeout(timeoutSeconds * 1000)
    const ends = AbortSignal.any([signal, deadline])
    const events = new EventQueue<ProviderEvent>()
    const { maxTokens, temperature } = request
    const onText = (text: string) => events.push({ type: 'text', text })
    const prompt = promptOf(results, request)
    this.#queue.run(() => generate(prompt, { maxTokens, temperature, signal: ends, onText }), ends).then(
      ({ input, output }) => {
        events.push({ type: 'done', tokens: { input: tokens.input + input, output: tokens.output + output } })
        events.end()
      },
      (error: unknown) => events.fail(this.#failureOf(error, signal, deadline)),
    )
    yield* events
  }

  #failureOf(error: unknown, signal: AbortSignal, deadline: AbortSignal): unknown {
    if (signal.aborted) return signal.reason
    if (error instanceof ProviderError) return error
    const { timeoutSeconds } = this.options
    if (deadline.aborted) {
      return new ProviderError(
        'timeout',
        `flan-t5 took longer than ${timeoutSeconds} s for an answer. Try again, or choose a smaller model.`,
      )
    }
    return new ProviderError('unavailable', 'flan-t5 broke off its answer. Try again.', null, { cause: error })
  }

  #load(): Promise<Generate> {
    const loading = (this.#loading ??= loadT5(this.options))
    // One that failed is tried again: the network or the folder may have been put right.
    loading.catch(() => (this.#loading = null))
    return loading
  }
}

async function loadT5({ modelName, cacheDir, device, threads }: FlanT5Options): Promise<Generate> {
  const { AutoModelForSeq2SeqLM, AutoTokenizer, env: settings, InterruptableStoppingCriteria, TextStreamer } = await import(
    '@xenova/transformers'
  )
  const isFolder = existsSync(path.join(modelName, 'config.json'))
  const name = isFolder ? path.resolve(modelName) : (ONNX_NAMES[modelName] ?? modelName)
  settings.cacheDir = cacheDir
  // The embedded model, which never fetches anything, turns this off for the whole process.
  settings.allowRemoteModels = true
  try {
    const options = { local_files_only: isFolder }
    const tokenizer = await AutoTokenizer.from_pretrained(name, options)
    const model = await AutoModelForSeq2SeqLM.from_pretrained(name, {
      ...options,
      dtype: 'q8',
      device,
      session_options: threads > 0 ? { intraOpNumThreads: threads } : {},
    })
    noteAssistantModel({ name: modelName, path: isFolder ? name : null })
    return async (prompt, { maxTokens, temperature, signal, onText }) => {
      signal.throwIfAborted()
      const inputs = tokenizer(prompt, { truncation: true }) as { input_ids: { dims: number[] } }
      const stopping = new InterruptableStoppingCriteria()
      const stop = () => stopping.interrupt()
      signal.addEventListener('abort', stop)
      try {
        const output = (await model.generate({
          ...inputs,
          max_new_tokens: maxTokens,
          ...(temperature > 0 && { do_sample: true, temperature }),
          stopping_criteria: stopping,
          streamer: new TextStreamer(tokenizer, { skip_special_tokens: true, callback_function: onText }),
        } as Parameters<typeof model.generate>[0])) as { dims: number[] }
        signal.throwIfAborted()
        return { input: inputs.input_ids.dims.at(-1) ?? 0, output: output.dims.at(-1) ?? 0 }
      } finally {
        signal.removeEventListener('abort', stop)
      }
    }
  } catch (cause) {
    const what = isFolder
      ? `The folder ${path.basename(modelName)} holds no T5 that can be loaded (ONNX, quantised to 8 bits).`
      : `The model ${modelName} could not be fetched or loaded.`
    throw new ProviderError('bad_model', `${what} An administrator has to correct MODEL_NAME.`, null, { cause })
  }
}

function promptOf(results: readonly ToolResult[], { question, correction }: AssistantRequest): string {
  const facts = results.flatMap(({ figures, notes }) => [...figures.map(factOf), ...notes.map((note) => dataText(note, 200))])
  return [
    'Answer the question in one or two sentences with the facts, and with no other numbers.',
    ...(correction ? [correction] : []),
    'Facts:',
    ...facts.slice(0, MAX_FACTS).map((fact) => `- ${fact}`),
    `Question: ${dataText(question, 300)}`,
    'Answer:',
  ].join('\n')
}

function factOf({ label, value, unit, period }: Figure): string {
  return `${dataText(label)}${period ? ` (${period.label})` : ''}: ${Number(value.toPrecision(4))} ${unit}`
}
