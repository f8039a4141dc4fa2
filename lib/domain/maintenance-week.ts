/** What was measured and estimated of an appliance in one local week. */
export interface ApplianceWeek {
  /** Unix seconds of its Monday at the site. */
  startSeconds: number
  /** Of the meter. */
  coveredSeconds: number
  energyWh: number
  onSeconds: number
  /** Of the estimates, weighted by time on; null where it never was on. */
  confidence: number | null
  runs: number
  /** Medians over the week's runs; null without runs. */
  runSeconds: number | null
  runWh: number | null
  /** Seconds of a run in minutes above a kilowatt, of runs that heat. */
  heatingSeconds: number | null
  heatingRuns: number
  /** Of the estimates; a week on which two worked has none. */
  modelVersionId: number | null
}
