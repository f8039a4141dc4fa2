import * as ort from 'onnxruntime-node'

export type InferenceDevice = 'cpu' | 'cuda' | 'webgpu' | 'auto'

// Every failure is thrown as well; printed too, an attempt of `auto` would look like one.
ort.env.logLevel = 'fatal'

/** What `auto` tries, in order. WebGPU is left out: for a network this small it is slower than the processor. */
const AUTO_PROVIDERS = ['cuda', 'cpu'] as const

/**
 * Opens a model on the device asked for, one thread per run: with more, the threads wait for each other.
 * @throws Error naming the device where this machine does not offer it; only `auto` falls back
 */
export async function openOnnxSession(model: Uint8Array, device: InferenceDevice): Promise<ort.InferenceSession> {
  const providers = device === 'auto' ? AUTO_PROVIDERS : ([device] as const)
  let failure: unknown
  for (const provider of providers) {
    try {
      return await ort.InferenceSession.create(model, {
        executionProviders: [provider],
        executionMode: 'sequential',
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 4,
      })
    } catch (error) {
      failure = error
    }
  }
  const reason = failure instanceof Error ? failure.message.split('\n')[0] : String(failure)
  const advice = device === 'cpu' ? '' : ' Set DEVICE=cpu, or DEVICE=auto to use a GPU only where there is one.'
  throw new Error(`The model cannot run on DEVICE=${device}: ${reason}.${advice}`, { cause: failure })
}
