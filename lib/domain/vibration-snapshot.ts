/** Acceleration over a fraction of a second on two axes, in g. */
export interface VibrationSnapshot {
  /** Unix seconds. */
  timestamp: number
  rmsHorizontal: number
  /** Fourth moment over the square of the second: 3 for a Gaussian. */
  kurtosisHorizontal: number
  peakHorizontal: number
  rmsVertical: number
  kurtosisVertical: number
  peakVertical: number
}

/** RMS and peak in the samples' unit and kurtosis, the mean taken off: a sensor's offset is no vibration. */
export function describeSamples(samples: readonly number[]): { rms: number; kurtosis: number; peak: number } {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length
  let [second, fourth, peak] = [0, 0, 0]
  for (const sample of samples) {
    const square = (sample - mean) ** 2
    second += square
    fourth += square * square
    peak = Math.max(peak, Math.abs(sample - mean))
  }
  const variance = second / samples.length
  return { rms: Math.sqrt(variance), kurtosis: variance > 0 ? fourth / samples.length / variance ** 2 : 0, peak }
}
