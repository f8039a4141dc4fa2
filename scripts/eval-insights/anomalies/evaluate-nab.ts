import { probationRowsOf, scoreSeries, usualStepSeconds } from '@/lib/insights/anomaly/score-series'
import { DETECTOR_SETTINGS, type StreamDetectorSettings } from '@/lib/insights/anomaly/stream-detector'
import type { LabelledSeries } from './nab-corpus'
import { scoreAtThreshold, scoreCorpus, type ScoredSeries } from './nab-score'

/** What was tried for the global settings. */
const TRIED: StreamDetectorSettings[] = [0.9995, 0.9996, 0.9997, 0.9998].flatMap((retention) =>
  [0.03, 0.05].map((halfEvidence) => ({ ...DETECTOR_SETTINGS, retention, halfEvidence })),
)

/** Markdown: the score with the shipped settings, and what is left of it where settings and threshold come from other series. */
export function evaluateNab(corpus: readonly LabelledSeries[]): string {
  const shipped = scored(corpus, DETECTOR_SETTINGS)
  const { normalised, threshold } = scoreCorpus(shipped)
  const tried = TRIED.map((settings) => scored(corpus, settings))
  const leftOut = corpus.map((_, index) => {
    const best = tried
      .map((all) => ({ all, ...scoreCorpus(all.toSpliced(index, 1)) }))
      .reduce((a, b) => (b.normalised > a.normalised ? b : a))
    return scoreAtThreshold([best.all[index]!], best.threshold)
  })
  const windows = corpus.map((series) => series.windows.length)
  const mean = leftOut.reduce((sum, score, index) => sum + score * windows[index]!, 0) / windows.reduce((a, b) => a + b, 0)
  return [
    `NAB, standard profile, part given (${corpus.length} series, ${windows.reduce((a, b) => a + b, 0)} windows): ` +
      `**${normalised.toFixed(1)}** at the threshold ${threshold.toFixed(2)}, ` +
      `**${scoreAtThreshold(shipped, 0.6).toFixed(1)}** at 0.6; **${mean.toFixed(1)}** where settings and threshold ` +
      'were chosen without the series they are applied to.',
    '',
    '| series | windows | score | settings and threshold from the other series |',
    '|---|---:|---:|---:|',
    ...corpus.map(({ name }, index) => {
      const own = scoreAtThreshold([shipped[index]!], threshold)
      return `| ${name} | ${windows[index]} | ${own.toFixed(1)} | ${leftOut[index]!.toFixed(1)} |`
    }),
  ].join('\n')
}

function scored(corpus: readonly LabelledSeries[], settings: StreamDetectorSettings): ScoredSeries[] {
  return corpus.map(({ name, seconds, values, windows }) => {
    const stepSeconds = usualStepSeconds(seconds.slice(0, probationRowsOf(seconds.length))) ?? 1
    return { name, windows, scores: scoreSeries(values, stepSeconds, settings).map((score) => score ?? 0) }
  })
}
