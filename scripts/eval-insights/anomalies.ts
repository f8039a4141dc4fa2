import path from 'node:path'
import { evaluateFaults } from './anomalies/evaluate-faults'
import { evaluateNab } from './anomalies/evaluate-nab'
import { readNabCorpus } from './anomalies/nab-corpus'

/** Markdown: how well anomalies are found on labelled series, and planted faults in simulated homes. */
export async function evaluate(dataDir: string): Promise<string> {
  const folder = path.join(dataDir, 'anomaly/nab')
  const corpus = readNabCorpus(folder)
  const nab = corpus.length === 0 ? `NAB left out: there are no series in ${folder}.` : evaluateNab(corpus)
  return `${nab}\n\n${evaluateFaults()}`
}
