import * as ort from 'onnxruntime-node'

export type InferenceDevice = 'cpu' | 'cuda' | 'webgpu' | 'auto'
/** What a session really runs on. */
export type UsedDevice = Exclude<InferenceDevice, 'auto'>

// Every failure is thrown as well; printed too, an attempt of `auto` would look like one.
ort.env.logLevel = 'fatal'

/** The devices that this installation of onnxruntime-node could offer, whether or not the machine has them. */
export function offeredDevices(): string[] {
  return ort.listSupportedBackends().map(({ name }) => name)
}

/**
 * Decides what `auto` means on this machine, by trying; every other device is itself. WebGPU is left out of `auto`: for networks
 * this small it is slower than the processor.
 * @param model one of the models that will run
 * @returns `note` says why `auto` came to the processor
 */
export async function resolveDevice(asked: InferenceDevice, model: Uint8Array): Promise<{ device: UsedDevice; note?: string }> {
  if (asked !== 'auto') return { device: asked }
  try {
    const session = await openOnnxSession(model, 'cuda')
    await session.release()
    return { device: 'cuda' }
  } catch {
    return { device: 'cpu', note: 'DEVICE=auto found no working CUDA and uses the processor; DEVICE=cuda says what is missing.' }
  }
}

/**
 * Opens a model on a device, one thread per run: with more, the threads wait for each other. What is no processor has to compute
 * one step first, since some drivers fail only then.
 * @throws Error in one line that names the device and says what to do, where this machine does not offer it
 */
export async function openOnnxSession(model: Uint8Array, device: UsedDevice): Promise<ort.InferenceSession> {
  try {
    if (!offeredDevices().includes(device)) throw new Error('backend not found')
    const session = await ort.InferenceSession.create(model, {
      executionProviders: [device],
      executionMode: 'sequential',
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    })
    if (device !== 'cpu') await session.run(zeroInputs(session))
    return session
  } catch (error) {
    throw new Error(explain(device, error), { cause: error })
  }
}

/** Inputs of one step. */
function zeroInputs(session: ort.InferenceSession): Record<string, ort.Tensor> {
  const inputs = session.inputMetadata.map((input) => {
    if (!input.isTensor) throw new Error(`${input.name} is no tensor`)
    const shape = input.shape.map((size) => (typeof size === 'number' ? size : 1))
    const length = shape.reduce((product, size) => product * size, 1)
    return [input.name, new ort.Tensor('float32', new Float32Array(length), shape)] as const
  })
  return Object.fromEntries(inputs)
}

function explain(device: UsedDevice, error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0]!
  const reason = message.slice(0, 160)
  if (device === 'cpu') return `The model cannot run on the processor: ${reason}`
  const otherwise = 'or set DEVICE=cpu.'
  if (reason === 'backend not found') {
    const offered = offeredDevices().join(', ')
    return `DEVICE=${device} does not exist on ${process.platform} ${process.arch} (there is ${offered}): choose one of them.`
  }
  if (device === 'cuda' && /load (shared )?library/i.test(message)) {
    return (
      'DEVICE=cuda needs the CUDA provider of ONNX Runtime, CUDA 12 and cuDNN 9, which could not be loaded: run ' +
      `ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js, ${otherwise}`
    )
  }
  if (device === 'webgpu' && /adapter/i.test(message)) {
    return `DEVICE=webgpu found no graphics adapter: install its driver (on Linux with Vulkan), ${otherwise}`
  }
  return `DEVICE=${device} cannot run the model (${reason}): mend that, ${otherwise}`
}
