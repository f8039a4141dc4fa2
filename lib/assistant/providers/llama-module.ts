import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ProviderError } from './provider'

/** What is used of node-llama-cpp, which is not installed everywhere: several hundred megabytes for one of five providers. */
export interface LlamaModule {
  getLlama(options: { gpu: 'auto' | false; build: 'never'; logLevel: string; maxThreads?: number }): Promise<Llama>
  LlamaLogLevel: { error: string }
  LlamaChatSession: new (options: { contextSequence: LlamaSequence; systemPrompt: string }) => LlamaChatSession
}

interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>
  createGrammarForJsonSchema(schema: object): Promise<object>
}

export interface LlamaModel {
  readonly llama: Llama
  createContext(options: { contextSize: { max: number } }): Promise<{ getSequence(): LlamaSequence; dispose(): Promise<void> }>
}

interface LlamaSequence {
  readonly tokenMeter: { usedInputTokens: number; usedOutputTokens: number }
}

type HistoryItem = { type: 'system' | 'user'; text: unknown } | { type: 'model'; response: string[] }

interface LlamaChatSession {
  getChatHistory(): HistoryItem[]
  setChatHistory(history: HistoryItem[]): void
  prompt(
    text: string,
    options: {
      grammar?: object
      maxTokens: number
      temperature: number
      signal: AbortSignal
      onTextChunk?: (text: string) => void
    },
  ): Promise<string>
}

const MODULE = 'node-llama-cpp'
/** Where `npm run llama:install` puts it: apart from the other packages, which `npm ci` keeps free of what is not in their lockfile. */
const INSTALLED = `optional/llama-cpp/node_modules/${MODULE}/dist/index.js`
const INSTALL = 'An administrator has to run `npm run llama:install`, or choose another LLM_PROVIDER.'

/** @throws ProviderError where it is not installed, or not for this kind of computer */
export async function loadLlamaModule(): Promise<LlamaModule> {
  const installed = pathToFileURL(path.resolve(INSTALLED)).href
  try {
    return await importModule(existsSync(INSTALLED) ? installed : MODULE)
  } catch (cause) {
    throw new ProviderError('not_configured', `llama-cpp is not installed. ${INSTALL}`, null, { cause })
  }
}

async function importModule(name: string): Promise<LlamaModule> {
  return (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name)) as LlamaModule
}
