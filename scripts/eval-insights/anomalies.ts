import path from 'node:path'
import { evaluateNab } from './anomalies/evaluate-nab'
import { readNabCorpus } from './anomalies/nab-corpus'

/** Markdown: how well anomalies are found on labelled series, and planted faults in simulated homes. */
export async function evaluate(dataDir: string): Promise<string> {
  const corpus = readNabCorpus(path.join(dataDir, 'anomaly/nab'))
  return corpus.length === 0 ? `Left out: no series in ${path.join(dataDir, 'anomaly/nab')}.` : evaluateNab(corpus)
}
