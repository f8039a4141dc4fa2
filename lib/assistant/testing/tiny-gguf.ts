import { writeFileSync } from 'node:fs'

/** A model of the Llama architecture with random weights, small enough to make on the spot: a real file for the real loader. */
const EMBEDDING = 64
const FEED_FORWARD = 128
const HEADS = 4
const LAYERS = 2
const CONTEXT = 65_536

const U32 = 4
const F32 = 6
const STRING = 8
const ARRAY = 9
const I32 = 5
const ALIGNMENT = 32

interface Tensor {
  name: string
  dims: number[]
}

export function writeTinyGguf(file: string, seed = 1): void {
  const { tokens, types } = vocabulary()
  const vocabularySize = tokens.length
  const tensors: Tensor[] = [
    { name: 'token_embd.weight', dims: [EMBEDDING, vocabularySize] },
    { name: 'output_norm.weight', dims: [EMBEDDING] },
    { name: 'output.weight', dims: [EMBEDDING, vocabularySize] },
    ...Array.from({ length: LAYERS }, (_, layer): Tensor[] => [
      ...['attn_norm', 'ffn_norm'].map((name) => ({ name: `blk.${layer}.${name}.weight`, dims: [EMBEDDING] })),
      ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((name) => ({ name: `blk.${layer}.${name}.weight`, dims: [EMBEDDING, EMBEDDING] })),
      ...['ffn_gate', 'ffn_up'].map((name) => ({ name: `blk.${layer}.${name}.weight`, dims: [EMBEDDING, FEED_FORWARD] })),
      { name: `blk.${layer}.ffn_down.weight`, dims: [FEED_FORWARD, EMBEDDING] },
    ]).flat(),
  ]
  const meta = [
    pair('general.architecture', STRING, string('llama')),
    pair('general.name', STRING, string('tiny')),
    ...Object.entries({
      'llama.block_count': LAYERS,
      'llama.context_length': CONTEXT,
      'llama.embedding_length': EMBEDDING,
      'llama.feed_forward_length': FEED_FORWARD,
      'llama.attention.head_count': HEADS,
      'llama.rope.dimension_count': EMBEDDING / HEADS,
      'tokenizer.ggml.unknown_token_id': 0,
      'tokenizer.ggml.bos_token_id': 1,
      'tokenizer.ggml.eos_token_id': 2,
    }).map(([key, value]) => pair(key, U32, u32(value))),
    pair('llama.attention.layer_norm_rms_epsilon', F32, f32(1e-5)),
    pair('tokenizer.ggml.model', STRING, string('llama')),
    pair('tokenizer.ggml.tokens', ARRAY, array(STRING, tokens.map(string))),
    pair('tokenizer.ggml.scores', ARRAY, array(F32, tokens.map((_, index) => f32(-index)))),
    pair('tokenizer.ggml.token_type', ARRAY, array(I32, types.map(u32))),
  ]
  let offset = 0
  const infos = tensors.map(({ name, dims }) => {
    const info = Buffer.concat([string(name), u32(dims.length), ...dims.map(u64), u32(0), u64(offset)])
    offset += aligned(sizeOf(dims) * 4)
    return info
  })
  const head = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(meta.length), ...meta, ...infos])
  const random = randomNumbers(seed)
  const data = tensors.map(({ name, dims }) => {
    const buffer = Buffer.alloc(aligned(sizeOf(dims) * 4))
    for (let index = 0; index < sizeOf(dims); index++) buffer.writeFloatLE(name.includes('norm') ? 1 : random() * 0.4 - 0.2, index * 4)
    return buffer
  })
  writeFileSync(file, Buffer.concat([head, Buffer.alloc(aligned(head.length) - head.length), ...data]))
}

/** Three special tokens, every byte, and every printable ASCII character. */
function vocabulary(): { tokens: string[]; types: number[] } {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)
  const characters = ['\u2581', ...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))]
  return {
    tokens: ['<unk>', '<s>', '</s>', ...bytes, ...characters],
    types: [2, 3, 3, ...bytes.map(() => 6), ...characters.map(() => 1)],
  }
}

const pair = (key: string, type: number, value: Buffer) => Buffer.concat([string(key), u32(type), value])
const array = (type: number, items: Buffer[]) => Buffer.concat([u32(type), u64(items.length), ...items])
const sizeOf = (dims: number[]) => dims.reduce((product, dim) => product * dim, 1)
const aligned = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT

function string(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([u64(bytes.length), bytes])
}
function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}
function u64(value: number): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64LE(BigInt(value))
  return buffer
}
function f32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeFloatLE(value)
  return buffer
}

/** A linear congruential generator (Numerical Recipes): the same weights for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => (state = (1_664_525 * state + 1_013_904_223) % 2 ** 32) / 2 ** 32
}
