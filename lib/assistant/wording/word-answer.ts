import { TOOL_ARGUMENTS, type AssistantPlan, type ToolArguments, type ToolName, type ToolResult } from '@/lib/contracts/assistant'
import { wordAlwaysOn, wordPowerNow, wordRuns, wordState } from './appliance-words'
import { wordComparison, wordEnergyUse, wordPeak } from './energy-words'
import { wordAnomalies, wordForecast, wordMaintenance, wordSavings } from './insight-words'
import type { AnswerPlace } from './quantity-text'
import { isForeign } from './question-language'
import { wordForeign, wordRefusal, wordReply, wordUnclear } from './reply-words'
import { paragraphs, plainText, questionHash, say, sentences, Telling, type AnswerSegment, type Words } from './sentence'
import { wordCoverage, wordDevices, wordFacts, wordQuality } from './site-words'

/** What came of a planned call: a result, or why there is none. */
export type CallOutcome = ToolResult | { problem: string }

export interface WordingInput extends AnswerPlace {
  question: string
  plan: AssistantPlan
  /** In the order of the plan's calls; empty for a plan without. */
  outcomes: readonly CallOutcome[]
  /** Times that the question names and the plan is not about, in words; empty for one that could not be read. */
  timesLeftOut?: readonly string[]
  /** The tools that can be asked, for what is offered. */
  tools: readonly ToolName[]
}

export interface WordedAnswer {
  segments: AnswerSegment[]
  text: string
}

type Wording<Name extends ToolName> = (telling: Telling, given: ToolArguments<Name>) => Words

const WORDINGS: { [Name in ToolName]: Wording<Name> } = {
  power_now: wordPowerNow,
  energy_use: wordEnergyUse,
  compare_periods: wordComparison,
  peak_demand: wordPeak,
  runs: wordRuns,
  always_on: wordAlwaysOn,
  appliance_state: wordState,
  electrical_quality: wordQuality,
  devices: wordDevices,
  site_facts: wordFacts,
  coverage: wordCoverage,
  forecast: wordForecast,
  anomalies: wordAnomalies,
  maintenance: wordMaintenance,
  savings: wordSavings,
}

/**
 * An answer in words from what was asked of the measurements. The direct answer comes first, then one or two facts beside it,
 * then what the reader must know. Every number carries the id of the figure or moment it is.
 */
export function wordAnswer(input: WordingInput): WordedAnswer {
  const words = wordPlan(input)
  return { segments: [...words], text: plainText(words) }
}

function wordPlan({ question, plan, outcomes, timesLeftOut = [], tools, ...place }: WordingInput): Words {
  const hash = questionHash(question)
  switch (plan.kind) {
    case 'reply':
      return wordReply(plan.reply, tools, hash)
    case 'refusal':
      if (plan.refusal === 'out_of_scope' && isForeign(question)) return wordForeign(tools, hash)
      return wordRefusal(plan.refusal, tools, hash)
    case 'unclear':
      if (isForeign(question)) return wordForeign(tools, hash)
      return wordUnclear(plan.missing, tools, hash)
    case 'calls': {
      const said = outcomes.map((outcome) => ('problem' in outcome ? say`${outcome.problem}` : wordResult(outcome, place, hash)))
      // Each in a paragraph of its own: "it" and "that" are of the same.
      const answer = paragraphs([...said, timesLeftOut.length > 0 ? leftOut(timesLeftOut[0]!) : []])
      return answer.length > 0 ? answer : wordUnclear('everything', tools, hash)
    }
  }
}

/** A time with digits is not repeated: it is no figure of the measurements. */
function leftOut(time: string): Words {
  if (time === '' || /\d/.test(time)) return say`A time that you named is not part of this answer: name it in full, or ask about it by itself.`
  return say`This leaves out “${time}”, which you named: ask about it by itself.`
}

/** One result in words, with its notes; only the notes where it has no figures. */
export function wordResult(result: ToolResult, place: AnswerPlace, hash: number): Words {
  const wording = WORDINGS[result.tool] as Wording<ToolName>
  const given = TOOL_ARGUMENTS[result.tool].safeParse(result.arguments)
  const telling = new Telling(result, place, hash)
  const answer = given.success ? wording(telling, given.data) : []
  const simulated = result.figures.some(({ origin }) => origin === 'simulated')
  return sentences(
    answer,
    ...result.notes.map((note) => noteWords(note, result)),
    simulated && answer.length > 0 && say`The readings are simulated.`,
    answer.length === 0 && result.notes.length === 0 && say`There is nothing to say about that yet.`,
  )
}

/** A note, with the share and the day that it names linked to what they are. */
function noteWords(note: string, { moments, figures }: ToolResult): Words {
  const share = /^Only (\d+%) of (.+) was measured/.exec(note)
  const day = /\bbegin on (\d{1,2} \w+ \d{4})/.exec(note)
  const judged = /\buntil about (\d{1,2} \w+ \d{4})/.exec(note)
  const looked = /\blooked for since (\d{1,2} \w+ \d{4})/.exec(note)
  const named = share?.[1] ?? day?.[1] ?? judged?.[1] ?? looked?.[1]
  const figureId = share
    ? figures.find(({ label }) => label === `measured share of ${share[2]}`)?.id
    : moments.find(({ label }) => label === (judged ? 'first full judgement' : looked ? 'looked at since' : 'first reading'))?.id
  if (named === undefined || figureId === undefined) return say`${note}`
  const at = note.indexOf(named)
  return say`${note.slice(0, at)}${{ text: named, figureId }}${note.slice(at + named.length)}`
}
