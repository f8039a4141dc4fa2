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
  /** Median over the week's runs; null without runs. */
  runSeconds: number | null
  /** Of each run of what washes or dries. */
  runsWh: readonly number[]
  /** Of each run that heats: minutes above a kilowatt. */
  heatingMinutes: readonly number[]
  /** Of the estimates; a week on which two worked has none. */
  modelVersionId: number | null
}
