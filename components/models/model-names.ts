import type { Translator } from '@/components/i18n/messages'
import type { SiteModelVersion, TrainingJob } from '@/lib/contracts/training'

export interface ModelWords {
  models: Translator<'models'>
  appliances: Translator<'appliances'>
  forecast: Translator<'forecast'>
}

type Part =
  | Pick<Extract<SiteModelVersion, { model: 'appliances' }>, 'appliance'>
  | Pick<Extract<SiteModelVersion, { model: 'forecast' }>, 'series' | 'horizon'>

/** What a version, or a job's result, is about. */
export function partName(part: Part, { models, appliances, forecast }: ModelWords): string {
  if ('appliance' in part) return appliances(`label.${part.appliance}`)
  const { series, horizon } = part
  const name = series === 'load' || series === 'solar' ? forecast(series) : appliances(`label.${series}`)
  return models(`part.${horizon}`, { name })
}

/** What a job trains, and where. @param buildingName null where it is of the whole site */
export function jobName(job: TrainingJob, buildingName: string | null, { models }: ModelWords): string {
  const model = models(`train.${job.model}.title`)
  return buildingName === null ? model : models('jobs.of', { model, place: buildingName })
}
