import { setTimeout as sleep } from 'node:timers/promises'
import { importRequestSchema } from '@/lib/contracts/import-jobs'
import { deleteOldJobs } from '@/lib/data/background-jobs'
import { abandonOldUploads } from '@/lib/data/kept-uploads'
import { deleteOldReceipts } from '@/lib/data/reading-receipts'
import type { SessionModel } from '@/lib/nilm/session-model'
import { makeMissingDeviceWeeks } from '@/lib/services/device-weeks'
import { runEstimateJob } from '@/lib/services/import/estimate-job'
import { forgetUpload, runImportJob } from '@/lib/services/import/import-job'
import { forgetFilesWithoutJob, forgetJobFiles, forgetUploadOf } from '@/lib/services/import/upload-files'
import { workOffJobs, type JobContext } from '@/lib/services/import/work-off-jobs'
import { runAnomalyJob } from '@/lib/services/refit-anomalies'
import { renewOldestChoice, runForecastJob } from '@/lib/services/refit-forecast'
import { watchDueSites } from '@/lib/services/watch-anomalies'
import { fetchDueWeather, forgetOldWeather } from '@/lib/services/weather/fetch-weather'

const POLL_MILLISECONDS = 1_000
/** Somebody may be looking at a first guess until the choice he asked for is made. */
const FORECASTS_EVERY_MILLISECONDS = 3_000
const CLEAN_EVERY_MILLISECONDS = 60_000
/** How soon a site is looked at whose turn has come. */
const WATCH_POLL_MILLISECONDS = 20_000
/** Who has just switched the weather on is looking at the page. */
const WEATHER_POLL_MILLISECONDS = 10_000
/** Equipment that was just written down shows its past as soon. */
const WEEKS_EVERY_MILLISECONDS = 20_000
const JOBS_KEPT_DAYS = 90
const UPLOADS_KEPT_HOURS = 24
/** So that an import that failed can go on. */
const FAILED_UPLOADS_KEPT_DAYS = 7

export interface JobsOptions extends JobContext {
  loadModel(): Promise<{ session: SessionModel; versionId: number }>
}

/** Imports, estimates, refits, the weather and the hourly look for anomalies side by side, each one after the other, until stopped. */
export async function runJobs(options: JobsOptions): Promise<void> {
  const { owner, log } = options
  await Promise.all([
    repeat(options, POLL_MILLISECONDS, () =>
      workOffJobs(
        'import',
        options,
        (job, progress) => runImportJob(job, owner, progress),
        (job) => forgetUpload(importRequestSchema.parse(job.request)),
      ),
    ),
    repeat(options, POLL_MILLISECONDS, () => {
      // In memory only while there is something to estimate.
      let model: ReturnType<JobsOptions['loadModel']> | undefined
      return workOffJobs('estimate', options, async (job, progress) =>
        runEstimateJob(job, owner, await (model ??= options.loadModel()), progress),
      ).finally(async () => (await model?.catch(() => null))?.session.close())
    }),
    repeat(options, WATCH_POLL_MILLISECONDS, async () => {
      const anomalies = await watchDueSites(options.stopped)
      if (anomalies > 0) log.info({ anomalies }, 'found what looks wrong')
    }),
    repeat(options, POLL_MILLISECONDS, () => workOffJobs('forecast', options, runForecastJob)),
    repeat(options, POLL_MILLISECONDS, () => workOffJobs('anomalies', options, runAnomalyJob)),
    repeat(options, FORECASTS_EVERY_MILLISECONDS, async () => {
      await renewOldestChoice()
    }),
    repeat(options, WEATHER_POLL_MILLISECONDS, async () => {
      await fetchDueWeather(options.stopped, log)
    }),
    repeat(options, WEEKS_EVERY_MILLISECONDS, async () => {
      await makeMissingDeviceWeeks(options.stopped)
    }),
    repeat(options, CLEAN_EVERY_MILLISECONDS, async () => {
      await deleteOldReceipts()
      await forgetOldWeather()
      for (const id of await abandonOldUploads(FAILED_UPLOADS_KEPT_DAYS)) forgetUploadOf(id)
      const gone = await deleteOldJobs(JOBS_KEPT_DAYS, UPLOADS_KEPT_HOURS)
      for (const id of gone) forgetJobFiles(id)
      gone.push(...(await forgetFilesWithoutJob()))
      if (gone.length > 0) log.info({ jobs: gone.length }, 'forgot old jobs')
    }),
  ])
}

async function repeat({ stopped, log }: JobContext, everyMilliseconds: number, work: () => Promise<void>): Promise<void> {
  while (!stopped.aborted) {
    await work().catch((err: unknown) => log.warn({ err }, 'jobs are held up, trying again'))
    await sleep(everyMilliseconds, undefined, { signal: stopped }).catch(() => {})
  }
}
