import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { ToolCall, ToolResult } from '@/lib/contracts/assistant'
import type { CheckedText, GroundingAbout } from './conversation/parts'
import {
  confidenceOf,
  groundAnswer,
  type GroundedAnswer,
  type GroundedSegment,
  type GroundingContext,
  withoutUnsupported,
} from './grounding/ground-answer'
import { applianceWord } from './names'
import type { WordedSegment } from './providers/provider'
import { PARAGRAPH_BREAK } from './wording/sentence'
import { wordAnswer } from './wording/word-answer'

/**
 * A text as it may be shown: without the sentences that no result supports, and with the figure behind every number. Where
 * nothing is left of it, what the tools answered is said in the words of the built-in templates.
 */
export function groundText(text: string, results: readonly ToolResult[], about: GroundingAbout): CheckedText {
  const checked = groundAnswer(text, results, contextOf(about))
  const kept = checked.unsupported.length === 0 ? checked.segments : withoutUnsupported(checked)
  const isLost = checked.unsupported.length > 0 && kept.every((segment) => segment.text.trim() === '')
  return withRemoved(checked, isLost ? wordResults(results, about) : kept, results)
}

/**
 * The words of the built-in templates: made of the results, they should say nothing else, and are held against them all the same.
 * @param problems why tools had no answer, in their own words
 */
export function groundWorded(
  segments: readonly WordedSegment[],
  results: readonly ToolResult[],
  about: GroundingAbout,
  problems: readonly string[] = [],
): CheckedText {
  const shown = trimmed(segments)
  const context = { ...contextOf(about), notes: problems }
  // A paragraph is of one result: "it" and "that" reach no further.
  const paragraphs = shown.map(({ text }) => text).join('').split(PARAGRAPH_BREAK).map((text) => groundAnswer(text, results, context))
  const unsupported = paragraphs.flatMap((paragraph) => paragraph.unsupported)
  if (unsupported.length > 0) {
    const kept = paragraphs
      .map((paragraph) => trimmed(withoutUnsupported(paragraph)))
      .filter((segments) => segments.length > 0)
      .flatMap((segments, index) => (index === 0 ? segments : [{ text: PARAGRAPH_BREAK }, ...segments]))
    const confidence = Math.min(...paragraphs.map((paragraph) => paragraph.confidence))
    return withRemoved({ unsupported, confidence }, kept.length === 0 ? [{ text: NOT_FOUND }] : kept, results)
  }
  return {
    text: shown.map((segment) => segment.text).join(''),
    citations: citationsOf(shown),
    ungrounded: [],
    confidence: confidenceOf(shown.filter(({ figureId }) => figureId !== undefined).length, 0, results),
    devices: devicesOf(shown, results),
  }
}

const NOT_FOUND = 'I could not find that in your measurements.'

function contextOf({ site: { timeZone, currency, names }, nowSeconds }: GroundingAbout): GroundingContext {
  return { timeZone, currency, nowSeconds, names }
}

function withRemoved(
  checked: Pick<GroundedAnswer, 'unsupported' | 'confidence'>,
  kept: readonly WordedSegment[],
  results: readonly ToolResult[],
): CheckedText {
  const shown = trimmed(kept)
  // A sentence goes once, however much in it is false.
  const removedSentences = [...new Set(checked.unsupported.map(({ sentence }) => sentence))]
  return {
    text: shown.map((segment) => segment.text).join(''),
    citations: citationsOf(shown),
    ungrounded: removedSentences.map((text) => ({ text, action: 'removed' as const })),
    confidence: checked.confidence,
    devices: devicesOf(shown, results),
  }
}

function wordResults(results: readonly ToolResult[], { question, site, nowSeconds }: GroundingAbout): GroundedSegment[] {
  if (results.length === 0) return [{ text: NOT_FOUND }]
  const calls = results.map((result) => ({ tool: result.tool, arguments: result.arguments }) as ToolCall)
  const { timeZone, currency } = site
  const plan = { kind: 'calls' as const, calls }
  return wordAnswer({ question, plan, outcomes: results, tools: [], timeZone, currency, nowSeconds }).segments
}

/** Without space around the whole. */
function trimmed(segments: readonly WordedSegment[]): WordedSegment[] {
  const texts = segments.filter(({ text }) => text !== '').map((segment) => ({ ...segment }))
  const [first, last] = [texts[0], texts.at(-1)]
  if (first) first.text = first.text.trimStart()
  if (last) last.text = last.text.trimEnd()
  return texts.filter(({ text }) => text !== '')
}

function citationsOf(segments: readonly WordedSegment[]): CheckedText['citations'] {
  let at = 0
  return segments.flatMap(({ text, figureId }) => {
    const start = at
    at += text.length
    return figureId === undefined ? [] : [{ start, end: at, figure: figureId }]
  })
}

/** Devices of the results that the text names; where it names none, all that the results are about. */
function devicesOf(segments: readonly WordedSegment[], results: readonly ToolResult[]): string[] {
  const said = segments.map(({ text }) => text).join('').toLowerCase()
  const all = [...new Set(results.flatMap(({ devices }) => devices))]
  const isAppliance = (name: string): name is Appliance => APPLIANCES.some((appliance) => appliance === name)
  const named = all.filter((name) => said.includes(isAppliance(name) ? applianceWord(name) : name.toLowerCase()))
  return named.length > 0 ? named : all
}
