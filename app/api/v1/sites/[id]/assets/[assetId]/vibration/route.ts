import { z } from 'zod'
import { vibrationBatchSchema, vibrationStoredSchema } from '@/lib/contracts/maintenance'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { storeVibrationOf } from '@/lib/services/vibration'

const params = z.object({ id: placeIdSchema, assetId: placeIdSchema })
/** Some hundred snapshots of 2560 samples an axis. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

export const POST = handle({
  summary: 'Snapshots of an asset’s vibration sensor',
  description:
    'Of each a time and, of two axes, RMS, kurtosis and peak of the acceleration in g, or the samples themselves. Sending the same ' +
    'again changes nothing. From 60 snapshots on the answer says how the bearing is judged.',
  permission: 'data:import',
  audit: 'no-change',
  params,
  body: vibrationBatchSchema,
  maxBodyBytes: MAX_BODY_BYTES,
  answer: vibrationStoredSchema,
  async run({ user, params, body }) {
    const stored = await storeVibrationOf(user, { siteId: params.id, assetId: params.assetId }, body.snapshots)
    if (!stored) throw notFound(`asset ${params.assetId}`)
    if (stored === 'no sensor')
      throw new Problem(409, 'This asset has no vibration sensor. Say where it sits (vibrationSensor) before sending snapshots.')
    return stored
  },
})
