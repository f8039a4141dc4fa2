import { waitUntil } from '@/lib/infra/private-server'
import { isSameProcess, type ProcessRecord } from '../setup/launch-lock.mjs'

/**
 * Makes sure nothing of a killed launcher still holds ports or leases. Its children notice by themselves that it is gone;
 * whoever has not after a few seconds is ended with its whole process group.
 */
export async function endLeftBehind(records: readonly ProcessRecord[]): Promise<void> {
  const remaining = () => records.filter(isSameProcess)
  if (await waitUntil(() => remaining().length === 0, 8_000, 100)) return
  for (const { pid } of remaining()) {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // Ended meanwhile.
    }
  }
  await waitUntil(() => remaining().length === 0, 2_000)
}
