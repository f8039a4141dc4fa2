import { quantile } from '@/lib/domain/always-on'
import type { Asked } from './run-questions'

const percent = (part: number, whole: number) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`)

export const isRight = ({ verdict, answer }: Asked) =>
  verdict.plan && verdict.number !== false && answer.grounding.ungrounded.length === 0

const refusesOrAsks = ({ turn }: Asked) => turn.expect[0]?.calls === undefined

/** A line for each kind of question, and one for all. */
export function printTable(asked: readonly Asked[]): void {
  const kinds = [...new Set(asked.map(({ kind }) => kind))]
  console.log(`${'kind'.padEnd(14)} asked    right     plan   number  refused  ungrounded   p50 ms   p95 ms`)
  for (const kind of kinds) printRow(kind, asked.filter((one) => one.kind === kind))
  printRow('all', asked)
}

function printRow(name: string, asked: readonly Asked[]): void {
  const spoken = asked.filter(refusesOrAsks)
  const judged = asked.filter(({ verdict }) => verdict.number !== null)
  const ungrounded = asked.reduce((sum, { answer }) => sum + answer.grounding.ungrounded.length, 0)
  const milliseconds = asked.map((one) => one.milliseconds)
  const cells = [
    String(asked.length).padStart(5),
    percent(asked.filter(isRight).length, asked.length).padStart(8),
    percent(asked.filter(({ verdict }) => verdict.plan).length, asked.length).padStart(8),
    percent(judged.filter(({ verdict }) => verdict.number).length, judged.length).padStart(8),
    percent(spoken.filter(({ verdict }) => verdict.plan).length, spoken.length).padStart(8),
    String(ungrounded).padStart(11),
    quantile(milliseconds, 0.5).toFixed(0).padStart(8),
    quantile(milliseconds, 0.95).toFixed(0).padStart(8),
  ]
  console.log(`${name.padEnd(14)}${cells.join(' ')}`)
}

/** What was wrong: the question, what was expected, what was understood, and what was said. */
export function printWrong(asked: readonly Asked[]): void {
  for (const { kind, turn, before, answer, verdict } of asked) {
    const { plan, ungrounded } = answer.grounding
    console.log(`\n[${kind}] ${before.length > 0 ? `${before.join(' | ')} | ` : ''}${turn.ask}`)
    console.log(`  expected   ${turn.expect.map((outcome) => JSON.stringify(outcome)).join(' or ')}`)
    console.log(`  understood ${JSON.stringify(plan?.kind === 'calls' ? plan.calls : plan)}${verdict.plan ? '' : '  <- wrong'}`)
    console.log(`  said       ${answer.message}`)
    if (verdict.faults.length > 0) console.log(`  faults     ${verdict.faults.join('; ')}`)
    for (const { text } of ungrounded) console.log(`  ungrounded ${text}`)
  }
}
