import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  AutoModelForSeq2SeqLM, AutoTokenizer, env, LogitsProcessor, LogitsProcessorList, type PreTrainedModel, type PreTrainedTokenizer,
  type Tensor,
} from '@xenova/transformers'
import type { DateTime } from 'luxon'
import type { AssistantPlan, ToolCall } from '@/lib/contracts/assistant'
import { normaliseQuestion, type QuestionLexicon, type ReadableQuestion } from './normalise'
import { PERIOD_WORDS } from './lift'
import { laterFirst } from './period-sides'
import { PLAIN_WORDS } from './plain-words'
import { MAX_CALLS, PlanGrammar } from './plan-grammar'
import { hasPeriod, parsePlan, previousText } from './plan-text'
import { SpellingCorrector } from './spelling'
import { askedWhen, atStatedTime, overSharedPeriod, timesLeftOut } from './stated-times'
import { Synonyms } from './synonyms'

const MAX_INPUT_WORDS = 46
const MAX_PLAN_WORDS = 64
const DEFAULT_TIMEOUT_MS = 2_000
const MAX_CLAUSES = 3
/** Less sure than this of one of two joined questions, the planner reads both at once. */
const SURE_CLAUSE = 0.5
const END = '</s>'
const UNCLEAR: AssistantPlan = { kind: 'unclear', missing: 'everything' }

export interface PlanOptions {
  /** The plan of the question before in the same conversation, which follow-ups lean on. */
  previous?: AssistantPlan | null
  /** The moment of asking in the site's time zone. */
  now: DateTime
  /** Names of the site's device clusters, so that a question may name one. */
  clusters?: readonly string[]
  /** Milliseconds, 2000 if not given. */
  timeoutMs?: number
}

export interface PlannedQuestion {
  plan: AssistantPlan
  /** Product of the model's probabilities of the plan's words, 0..1. */
  probability: number
  /** Where the model is too unsure (`plan` is then unclear): what it would have answered, for "did you mean ...?". */
  guess: AssistantPlan | null
  /** Times that the question names and the plan is not about, in words; an empty text for one that could not be read. */
  timesLeftOut: readonly string[]
  /** What the model read and wrote; both 0 where it was not asked. */
  tokens: { input: number; output: number }
}

/** A plan, and how sure the model is of it. */
type Written = Pick<PlannedQuestion, 'plan' | 'probability' | 'tokens'>

const NO_TOKENS = { input: 0, output: 0 }

const manifestProbability = (manifest: unknown): number => {
  const value = (manifest as { minimumProbability?: unknown }).minimumProbability
  if (typeof value !== 'number') throw new Error('manifest.json of the planner has no minimumProbability')
  return value
}

class LatePlanError extends Error {}

/** Lets through only words that go on with a valid plan, and keeps the probability of the likeliest one. */
class PlanProcessor extends LogitsProcessor {
  probability = 1
  readonly #grammar: PlanGrammar
  readonly #vocabulary: readonly string[]
  readonly #index: ReadonlyMap<string, number>
  readonly #deadline: number

  /** `deadline`: on the clock of performance.now(). */
  constructor(grammar: PlanGrammar, vocabulary: readonly string[], index: ReadonlyMap<string, number>, deadline: number) {
    super()
    this.#deadline = deadline
    this.#grammar = grammar
    this.#vocabulary = vocabulary
    this.#index = index
  }

  override _call(inputIds: bigint[][], logits: Tensor): Tensor {
    // The graphs run on this thread, so a timer would fire only once the plan is written.
    if (performance.now() >= this.#deadline) throw new LatePlanError()
    const scores = logits.data as Float32Array
    const written = inputIds[0]!.slice(1).map((id) => this.#vocabulary[Number(id)] ?? '')
    const allowed = this.#grammar.allowedAfter(written)
    let highest = -Infinity
    for (const score of scores) if (score > highest) highest = score
    let sum = 0
    for (const score of scores) sum += Math.exp(score - highest)
    const kept = new Map<number, number>()
    for (const word of allowed) {
      const id = this.#index.get(word)
      if (id !== undefined) kept.set(id, scores[id]!)
    }
    scores.fill(-Infinity)
    let best = -Infinity
    for (const [id, score] of kept) {
      scores[id] = score
      best = Math.max(best, score)
    }
    this.probability *= Math.exp(best - highest) / sum
    return logits
  }
}

/** The embedded model: reads a question, writes a plan of tool calls. One per process; loading takes its files from disk only. */
export class Planner {
  readonly #model: PreTrainedModel
  readonly #tokenizer: PreTrainedTokenizer
  readonly #vocabulary: readonly string[]
  readonly #index: ReadonlyMap<string, number>
  readonly #lexicon: QuestionLexicon
  readonly #minimumProbability: number

  private constructor(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizer,
    vocabulary: readonly string[],
    synonyms: Synonyms,
    minimumProbability: number,
  ) {
    this.#model = model
    this.#tokenizer = tokenizer
    this.#vocabulary = vocabulary
    this.#index = new Map(vocabulary.map((word, id) => [word, id]))
    const spelling = new SpellingCorrector([...PERIOD_WORDS, ...vocabulary, ...synonyms.words()], PLAIN_WORDS, synonyms.foreignWords())
    this.#lexicon = { spelling, synonyms }
    this.#minimumProbability = minimumProbability
  }

  /** Throws an Error that names the folder where a file of the model is missing or unreadable. */
  static async load(folder: string): Promise<Planner> {
    env.allowRemoteModels = false
    env.allowLocalModels = true
    try {
      const [manifest, tokenizerFile, synonyms] = await Promise.all(
        ['manifest.json', 'tokenizer.json', 'synonyms.json'].map(async (name) => {
          const file = path.join(/* turbopackIgnore: true */ folder, name)
          return JSON.parse(await readFile(/* turbopackIgnore: true */ file, 'utf8')) as unknown
        }),
      )
      const vocabulary: string[] = []
      const entries = (tokenizerFile as { model: { vocab: Record<string, number> } }).model.vocab
      for (const [word, id] of Object.entries(entries)) vocabulary[id] = word
      const local = path.resolve(folder)
      const tokenizer = await AutoTokenizer.from_pretrained(local, { local_files_only: true })
      const model = await AutoModelForSeq2SeqLM.from_pretrained(local, {
        local_files_only: true, dtype: 'q8', device: 'cpu', session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
      })
      return new Planner(
        model, tokenizer, vocabulary, new Synonyms(synonyms as Record<string, string[]>), manifestProbability(manifest),
      )
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`the assistant's own model in ${folder} cannot be loaded: ${reason}`, { cause: error })
    }
  }

  /**
   * The plan of a question. Never throws because of the question: what cannot be read, is not understood well enough or takes
   * longer than the time-out comes back as unclear.
   */
  async plan(question: string, options: PlanOptions): Promise<PlannedQuestion> {
    const normalised = normaliseQuestion(question, { now: options.now, clusters: options.clusters ?? [] }, this.#lexicon)
    if (normalised.words.length === 0 || normalised.knownShare === 0) {
      return { plan: UNCLEAR, probability: 1, guess: null, timesLeftOut: [], tokens: NO_TOKENS }
    }
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    try {
      const deadline = performance.now() + timeoutMs
      const { plan: written, probability, tokens } = (await this.#planClauses(normalised.clauses, options, deadline))
        ?? await this.#planOne(normalised, options.previous ?? null, options, deadline)
      const plan = askedWhen(written, normalised)
      if (probability >= this.#minimumProbability) {
        return { plan, probability, guess: null, timesLeftOut: timesLeftOut(plan, normalised), tokens }
      }
      return { plan: UNCLEAR, probability, guess: plan.kind === 'calls' ? plan : null, timesLeftOut: [], tokens }
    } catch (error) {
      if (error instanceof LatePlanError) {
        return { plan: UNCLEAR, probability: 0, guess: null, timesLeftOut: [], tokens: NO_TOKENS }
      }
      throw error
    }
  }

  /** What the model reads of a question: for tests and for looking into a mistake. */
  readsAs(question: string, options: PlanOptions): string {
    const { words } = normaliseQuestion(question, { now: options.now, clusters: options.clusters ?? [] }, this.#lexicon)
    return this.#input(words, options.previous ?? null)
  }

  #input(words: readonly string[], previous: AssistantPlan | null): string {
    const before = previousText(previous)?.text ?? null
    const start = before === null ? [] : ['prev', ...before.split(' '), 'ask']
    return [...start, ...words.slice(0, Math.max(8, MAX_INPUT_WORDS - start.length))].join(' ')
  }

  async #planOne(
    question: ReadableQuestion,
    previous: AssistantPlan | null,
    options: PlanOptions,
    deadline: number,
  ): Promise<Written> {
    const values = new Map([...question.values, ...(previousText(previous)?.values ?? [])])
    const { text, probability, tokens } = await this.#write({ words: question.words, values }, previous, deadline)
    const written = parsePlan(text, { values, previous, now: options.now })
    const plan = laterFirst(atStatedTime(written, question), question.words, values, options.now)
    return { plan, probability, tokens }
  }

  /**
   * Two or three joined questions one by one, each leaning on the one before it: surer than reading all at once. Null where they
   * do not come apart: one is no question for figures, or names the period of both.
   */
  async #planClauses(clauses: readonly ReadableQuestion[], options: PlanOptions, deadline: number): Promise<Written | null> {
    if (clauses.length < 2 || clauses.length > MAX_CLAUSES) return null
    const names = clauses.map(({ values }) => [...values.keys()].some((name) => name.startsWith('p')))
    if (!names[0] && names.slice(1).includes(true) && clauses.slice(1).some(({ words }) => words.includes('it'))) return null
    const calls: ToolCall[][] = []
    const tokens = { input: 0, output: 0 }
    let probability = 1
    let previous = options.previous ?? null
    let shared: string | undefined
    for (const [at, clause] of clauses.entries()) {
      const written = await this.#planOne(clause, previous, options, deadline)
      if (written.plan.kind !== 'calls' || written.probability < SURE_CLAUSE) return null
      const own = names[at] || shared === undefined ? written.plan.calls : overSharedPeriod(written.plan.calls, shared)
      if (names[at]) {
        const before = shared
        shared = own.flatMap(({ arguments: given }) => ('period' in given ? given.period ?? [] : []))[0] ?? shared
        if (before === undefined && shared !== undefined) calls.splice(0, at, ...calls.map((one) => overSharedPeriod(one, shared!)))
      }
      previous = { kind: 'calls', calls: own }
      calls.push(own)
      probability *= written.probability
      tokens.input += written.tokens.input
      tokens.output += written.tokens.output
    }
    const seen = new Set<string>()
    const different = calls.flat().filter((call) => {
      const text = JSON.stringify(call)
      return !seen.has(text) && seen.add(text)
    })
    return different.length > MAX_CALLS ? null : { plan: { kind: 'calls', calls: different }, probability, tokens }
  }

  async #write(
    normalised: ReadableQuestion,
    previous: AssistantPlan | null,
    deadline: number,
  ): Promise<{ text: string; probability: number; tokens: PlannedQuestion['tokens'] }> {
    const grammar = new PlanGrammar({ placeholders: usablePlaceholders(normalised.values), hasPrevious: hasPeriod(previous) })
    const processor = new PlanProcessor(grammar, this.#vocabulary, this.#index, deadline)
    const processors = new LogitsProcessorList()
    processors.push(processor)
    const inputs = this.#tokenizer(this.#input(normalised.words, previous)) as Record<string, Tensor>
    const output = await this.#model.generate({
      ...inputs, max_new_tokens: MAX_PLAN_WORDS, do_sample: false, num_beams: 1, logits_processor: processors,
    })
    const words = ((output as Tensor).tolist() as bigint[][])[0]!.slice(1).map((id) => this.#vocabulary[Number(id)] ?? '')
    const tokens = { input: inputs.input_ids?.dims.at(-1) ?? 0, output: words.length }
    const text = words.filter((word) => word !== END && word !== '<pad>').join(' ')
    return { text, probability: processor.probability, tokens }
  }
}

/** Placeholders that a plan may name: of appliances, periods and clusters. */
function usablePlaceholders(values: ReadonlyMap<string, string>): string[] {
  return [...values.keys()].filter((name) => /^[apfc]/.test(name))
}
