import type { Translator } from '@/components/i18n/messages'
import type { Site } from '@/lib/contracts/sites'
import type { SiteModelVersion, TrainingJob } from '@/lib/contracts/training'

export interface ModelWords {
  models: Translator<'models'>
  appliances: Translator<'appliances'>
  forecast: Translator<'forecast'>
  site: Pick<Site, 'buildings'>
}

type Part =
  | Pick<Extract<SiteModelVersion, { model: 'appliances' }>, 'appliance'>
  | Pick<Extract<SiteModelVersion, { model: 'forecast' }>, 'series' | 'horizon'>
  | Pick<Extract<SiteModelVersion, { model: 'anomalies' }>, 'buildingId'>

/** What a version, or a job's result, is about. */
export function partName(part: Part, words: ModelWords): string {
  const { models, appliances, forecast } = words
  if ('appliance' in part) return appliances(`label.${part.appliance}`)
  if (!('series' in part)) return placed(models('train.anomalies.title'), part.buildingId, words)
  const { series, horizon } = part
  const name = series === 'load' || series === 'solar' ? forecast(series) : appliances(`label.${series}`)
  return models(`part.${horizon}`, { name })
}

/** What a job trains, and where. */
export function jobName(job: TrainingJob, words: ModelWords): string {
  const model = words.models(`train.${job.model}.title`)
  return job.model === 'forecast' ? model : placed(model, job.buildingId, words)
}

/** Of a site with several buildings it says which. */
function placed(name: string, buildingId: string, { models, site }: ModelWords): string {
  const building = site.buildings.find(({ id }) => id === buildingId)
  return building && site.buildings.length > 1 ? models('jobs.of', { model: name, place: building.name }) : name
}
