import { APPLIANCES } from '@/lib/contracts/appliances'
import { BLOCK_FEATURE_MEMORY, BLOCK_SECONDS } from './block-builder'
import { FEATURE_MEMORY_SECONDS } from './feature-builder'
import { INTERVAL_MEMORY_SECONDS } from './meter-interval'
import {
  appliancesInOrder,
  ModelMissingError,
  readManifest,
  readModelFile,
  type ApplianceModel,
  type ModelManifest,
} from './model-manifest'
import { resolveDevice, type InferenceDevice } from './onnx-session'
import type { ModelDescription } from './session-types'
import type { Networks } from './network-feed'
import { loadSlowNetwork, loadStreamNetwork, type SecondNetwork } from './stream-network'

export interface EngineOptions {
  /** Folder with manifest.json. Without one the engine meters and reports every appliance as unavailable. */
  modelDir: string
  /** Length of the sliding window; the manifest's by default. */
  windowSeconds?: number
  /** 'cpu' by default. */
  device?: InferenceDevice
}

/** Everything sessions of many buildings share. */
export interface SessionModel {
  description: ModelDescription
  /** In contract order; null = unavailable. */
  appliances: (ApplianceModel | null)[]
  networks: Networks | null
  receptiveFieldSeconds: number
  replaySeconds: number
  close(): Promise<void>
}

const DEFAULT_WINDOW_SECONDS = 1536
const DEFAULT_LOOKAHEAD_SECONDS = 60
const REPLAY_MARGIN_SECONDS = 60

/**
 * Loads what sessions need.
 * @throws Error naming the file where a hash differs or a manifest is wrong, or the device this machine does not offer
 */
export async function loadSessionModel(options: EngineOptions): Promise<SessionModel> {
  try {
    const manifest = await readManifest(options.modelDir)
    const probe = await readModelFile(options.modelDir, manifest, 'stream')
    const { device, note } = await resolveDevice(options.device ?? 'cpu', probe)
    const fast = await loadStreamNetwork(options.modelDir, manifest, device)
    const slow = await loadSlowNetwork(options.modelDir, manifest, device)
    const model = createSessionModel(manifest, { fast, slow }, options.windowSeconds)
    model.description.device = device
    if (note !== undefined) model.description.deviceNote = note
    return model
  } catch (error) {
    if (!(error instanceof ModelMissingError)) throw error
    return createSessionModel(null, null, options.windowSeconds, error.message)
  }
}

export function createSessionModel(
  manifest: ModelManifest | null,
  loaded: { fast: SecondNetwork; slow: SecondNetwork | null } | null,
  windowSeconds = manifest?.windowSeconds ?? DEFAULT_WINDOW_SECONDS,
  unavailableReason?: string,
): SessionModel {
  const appliances = appliancesInOrder(manifest)
  const lookaheadSeconds = manifest?.lookaheadSeconds ?? DEFAULT_LOOKAHEAD_SECONDS
  const receptiveFieldSeconds = manifest?.receptiveFieldSeconds ?? 0
  const fastMemorySeconds = Math.max(receptiveFieldSeconds + FEATURE_MEMORY_SECONDS, windowSeconds + lookaheadSeconds)
  // The stretch may begin within a block.
  const slowMemoryBlocks = loaded?.slow && manifest ? manifest.slow.receptiveFieldBlocks + BLOCK_FEATURE_MEMORY + 1 : 0
  const slowMemorySeconds = slowMemoryBlocks * BLOCK_SECONDS
  const memorySeconds = Math.max(fastMemorySeconds, slowMemorySeconds)
  const networks = loaded &&
    manifest && {
      fast: loaded.fast,
      slow: loaded.slow && { network: loaded.slow, lookaheadBlocks: manifest.slow.lookaheadBlocks },
      appliances,
      lookaheadSeconds,
      coarseIntervalSeconds: manifest.coarseIntervalSeconds,
      fastMemorySeconds: fastMemorySeconds + REPLAY_MARGIN_SECONDS,
    }
  return {
    description: {
      name: manifest?.name ?? 'wavenilm',
      version: manifest?.version ?? 'none',
      windowSeconds,
      lookaheadSeconds,
      learnable: loaded !== null && loaded.fast.hiddenChannels > 0 && (loaded.slow === null || loaded.slow.hiddenChannels > 0),
      appliances: APPLIANCES.map((appliance, i) => ({
        appliance,
        available: appliances[i] !== null,
        experimental: appliances[i]?.status === 'experimental',
      })),
      ...(unavailableReason === undefined ? {} : { unavailableReason }),
    },
    appliances,
    networks,
    receptiveFieldSeconds,
    replaySeconds: memorySeconds + INTERVAL_MEMORY_SECONDS + REPLAY_MARGIN_SECONDS,
    close: async () => {
      await Promise.all([loaded?.fast.close(), loaded?.slow?.close()])
    },
  }
}
