import { inject, afterAll, beforeAll, expect, it } from 'vitest'
import { createJob, findJob } from '@/lib/data/background-jobs'
import { abandonOldUploads, keptUploadBytes } from '@/lib/data/kept-uploads'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { makeSite, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'

beforeAll(() => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET })
})
afterAll(closePool)

it('uploads of imports that failed a week ago are let go, those of others are not', async () => {
  const user = await makeUser('operator')
  const site = await makeSite([user])
  const request = { file: '/nowhere', name: 'meter.csv', said: {}, rejectedFile: '/nowhere', isUpload: true, bytes: 100 }
  const make = async (status: string, ageDays: number) => {
    const job = await createJob({ kind: 'import', buildingKey: site.buildingKey, status: 'uploaded', request, requestedBy: user.id })
    await pool().query(
      'UPDATE background_job SET status = $2, finished_at = now() - make_interval(days => $3) WHERE id = $1',
      [job.id, status, ageDays],
    )
    return job.id
  }
  const [old, fresh, waiting, done] = [
    await make('failed', 8),
    await make('cancelled', 6),
    await make('queued', 8),
    await make('done', 8),
  ]
  // The file of an import that is done went with its end.
  expect(await keptUploadBytes([site.buildingKey], user.id)).toEqual({ ofSite: 300, ofUser: 300 })
  const gone = await abandonOldUploads(7)
  expect(gone).toContain(old)
  for (const id of [fresh, waiting, done]) expect(gone).not.toContain(id)
  expect(await keptUploadBytes([site.buildingKey], 'somebody else')).toEqual({ ofSite: 200, ofUser: 0 })
  expect(await abandonOldUploads(7)).not.toContain(old)
  expect((await findJob(old))?.request).toMatchObject({ name: 'meter.csv', bytes: 0 })
})
