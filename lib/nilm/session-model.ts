import { APPLIANCES } from '@/lib/contracts/appliances'
import { FEATURE_MEMORY_SECONDS } from './feature-builder'
import { INTERVAL_MEMORY_SECONDS } from './meter-interval'
import { appliancesInOrder, ModelMissingError, readManifest, type ApplianceModel, type ModelManifest } from './model-manifest'
import type { InferenceDevice } from './onnx-session'
import type { ModelDescription } from './session-types'
import { loadStreamNetwork, type SecondNetwork } from './stream-network'

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
  network: SecondNetwork | null
  receptiveFieldSeconds: number
  replaySeconds: number
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
    const network = await loadStreamNetwork(options.modelDir, manifest, options.device ?? 'cpu')
    return createSessionModel(manifest, network, options.windowSeconds)
  } catch (error) {
    if (!(error instanceof ModelMissingError)) throw error
    return createSessionModel(null, null, options.windowSeconds, error.message)
  }
}

export function createSessionModel(
  manifest: ModelManifest | null,
  network: SecondNetwork | null,
  windowSeconds = manifest?.windowSeconds ?? DEFAULT_WINDOW_SECONDS,
  unavailableReason?: string,
): SessionModel {
  const appliances = appliancesInOrder(manifest)
  const lookaheadSeconds = manifest?.lookaheadSeconds ?? DEFAULT_LOOKAHEAD_SECONDS
  const receptiveFieldSeconds = manifest?.receptiveFieldSeconds ?? 0
  const memorySeconds = Math.max(receptiveFieldSeconds + FEATURE_MEMORY_SECONDS, windowSeconds + lookaheadSeconds)
  return {
    description: {
      name: manifest?.name ?? 'wavenilm',
      version: manifest?.version ?? 'none',
      windowSeconds,
      lookaheadSeconds,
      appliances: APPLIANCES.map((appliance, i) => ({
        appliance,
        threshold: appliances[i]?.threshold ?? 0.5,
        available: appliances[i] !== null,
        experimental: appliances[i]?.status === 'experimental',
      })),
      ...(unavailableReason === undefined ? {} : { unavailableReason }),
    },
    appliances,
    network,
    receptiveFieldSeconds,
    replaySeconds: memorySeconds + INTERVAL_MEMORY_SECONDS + REPLAY_MARGIN_SECONDS,
  }
}
