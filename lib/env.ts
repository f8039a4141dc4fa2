import { parseArgs } from 'node:util'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')

/** Origins with commas or spaces between, or a JSON list; * for all. */
const origins = z
  .string()
  .transform((text) => text.split(/[\s,[\]"']+/).filter(Boolean).map((origin) => origin.replace(/\/+$/, '')))
  .refine((list) => list.every((origin) => origin === '*' || /^https?:\/\/[^/]+$/.test(origin)), {
    message: 'Must be origins like https://app.example.org with commas between, or *',
  })
  .default([])

const LLM_PROVIDERS = ['embedded', 'openai', 'anthropic', 'flan-t5', 'llama-cpp'] as const

/** `provider` or `provider:model`, with commas between. */
const providerList = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()).filter(Boolean))
  .refine((list) => list.every((entry) => LLM_PROVIDERS.some((name) => entry === name || entry.startsWith(`${name}:`))), {
    message: `Must be of ${LLM_PROVIDERS.join(', ')}, each alone or as provider:model, with commas between`,
  })
  .default([])

/** Every setting the application reads. Add a variable here and in .env.example, nowhere else. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** A PostgreSQL server; without it the launcher runs an embedded one in DATA_DIR. */
  DATABASE_URL: z.string().optional(),
  /** A Redis server; without it (and without REDIS_HOST) PostgreSQL carries the live data. */
  REDIS_URL: z.string().optional(),
  REDIS_HOST: z.string().optional(),
  REDIS_PORT: port.default(6379),
  /** postgres: PostgreSQL carries the live data even where a Redis could be found. */
  LIVE_STORE: z.enum(['redis', 'postgres']).optional(),
  DATA_DIR: z.string().default('.data'),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** Where the socket gateway listens, and where the web process reaches it. */
  GATEWAY_HOST: z.string().default('127.0.0.1'),
  GATEWAY_PORT: port.default(3001),
  /** Where a browser reaches the application; next-auth needs it behind a proxy. */
  NEXTAUTH_URL: z.string().optional(),
  NEXTAUTH_SECRET: z.string().optional(),
  /** What older services called NEXTAUTH_SECRET; used where that is not set. */
  SECRET_KEY: z.string().optional(),
  /** Whose pages may call the API from a browser; both names mean the same, for clients of either older service. */
  CORS_ORIGINS: origins,
  ALLOWED_ORIGINS: origins,
  /** Requests a minute of one caller, and of one address where no log-in is needed; 0: no limit. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(1200),
  RATE_LIMIT_OPEN_PER_MINUTE: z.coerce.number().int().min(0).default(600),
  /** Demo mode: demo accounts, a simulated home. */
  DEMO: flag.default(false),
  /** Days of simulated history the demo begins with, and for how many of them 1 Hz readings are kept. */
  SEED_DAYS: z.coerce.number().min(0.1).max(400).default(30),
  SEED_RAW_DAYS: z.coerce.number().min(0.1).max(60).default(3),
  /** The first account and site outside demo mode. */
  ADMIN_USERNAME: z.string().default('admin'),
  ADMIN_PASSWORD: z.string().optional(),
  SITE_NAME: z.string().default('Home'),
  SITE_TIME_ZONE: z.string().default('UTC'),
  SITE_CURRENCY: z.string().length(3).default('EUR'),
  SITE_PRICE_PER_KWH: z.coerce.number().min(0).default(0),
  MODE: z.enum(['subscriber', 'test']).default('subscriber'),
  MODEL_DIR: z.string().default('./models/wavenilm'),
  /** A building id, or * for all. */
  BUILDING_ID: z.string().default('building_1'),
  WINDOW_SIZE: z.coerce.number().int().min(60).max(86_400).default(1536),
  /** Seconds of measurements between two published predictions. */
  INFERENCE_INTERVAL: z.coerce.number().int().min(1).max(3600).default(60),
  INFERENCE_THREADS: z.coerce.number().int().min(1).max(64).default(1),
  DEVICE: z.enum(['cpu', 'cuda', 'webgpu', 'auto']).default('cpu'),
  SHARD_COUNT: z.coerce.number().int().min(1).max(1024).default(8),
  /** How long 1 Hz readings are kept; minute and hour rollups stay. */
  RAW_RETENTION_DAYS: z.coerce.number().int().min(1).default(14),
  /** Who answers in the chat; embedded needs no network and no key. */
  LLM_PROVIDER: z.enum(LLM_PROVIDERS).default('embedded'),
  /** The folder of the embedded model. */
  ASSISTANT_MODEL_DIR: z.string().default('./models/assistant'),
  /** Who answers when LLM_PROVIDER cannot, in this order: provider, or provider:model, with commas between. */
  LLM_FALLBACK: providerList,
  /** The model of LLM_PROVIDER: its name at the server, google/flan-t5-base ... xxl, or a folder. */
  MODEL_NAME: z.string().optional(),
  /** The GGUF file of llama-cpp. */
  MODEL_PATH: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  /** Any server that speaks OpenAI's protocol, such as http://127.0.0.1:11434/v1; it needs no key. */
  OPENAI_BASE_URL: z.url().optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: z.url().optional(),
  MAX_NEW_TOKENS: z.coerce.number().int().min(1).max(8192).default(512),
  TEMPERATURE: z.coerce.number().min(0).max(2).default(0.7),
  /** How many earlier questions with their answers a model is shown. */
  MAX_CONVERSATION_HISTORY: z.coerce.number().int().min(0).max(50).default(5),
  /** Seconds an answer stays in the cache, at most: new data means a new answer before that. */
  MODEL_CACHE_TIMEOUT: z.coerce.number().int().min(1).default(3600),
  /** CPU threads of flan-t5 and llama-cpp; 0: as many as they choose. */
  MODEL_N_THREADS: z.coerce.number().int().min(0).max(256).default(0),
  /** Tokens that llama-cpp keeps in view. */
  MODEL_N_CTX: z.coerce.number().int().min(512).max(1_048_576).default(4096),
  /** How long a model may take for one answer. */
  LLM_TIMEOUT_SECONDS: z.coerce.number().positive().max(3600).default(120),
  ENABLE_CACHE: flag.default(true),
  /** Questions that one person may ask within a day; 0: no limit. */
  CHAT_QUESTIONS_PER_DAY: z.coerce.number().int().min(0).default(1000),
  /** The largest file that is taken as an upload. */
  IMPORT_MAX_MEGABYTES: z.coerce.number().int().min(1).default(4096),
  /** What uploads that are not imported yet may take on disk, of one site and of one user. */
  IMPORT_SITE_MEGABYTES: z.coerce.number().int().min(1).default(8192),
  IMPORT_USER_MEGABYTES: z.coerce.number().int().min(1).default(16_384),
  /** The mail server of alerts; without it there is no channel by e-mail. smtp://user:password@host:587, or smtps:// */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** From whom alerts come, and whom push services may write to. */
  SMTP_FROM: z.string().optional(),
  /** Lets webhooks, MQTT and push reach addresses that are not public, such as a broker at home. */
  ALERT_ALLOW_PRIVATE: flag.default(false),
  /** Where forecasts of the weather come from for sites that ask for them: servers that speak Open-Meteo's protocol. */
  WEATHER_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.open-meteo.com'),
  /** Where forecasts that were made in the past come from. */
  WEATHER_HISTORY_API_URL: z.url({ protocol: /^https?$/ }).default('https://previous-runs-api.open-meteo.com'),
  /** Of a paid plan, whose servers are others as well. */
  WEATHER_API_KEY: z.string().optional(),
  /** The broker that meters publish to: mqtt:// or mqtts:// (ws:// and wss:// as well); without it nothing of MQTT starts. */
  MQTT_URL: z.url({ protocol: /^(mqtts?|wss?)$/ }).optional(),
  MQTT_USERNAME: z.string().optional(),
  MQTT_PASSWORD: z.string().optional(),
  /** Certificates (PEM) that mqtts:// trusts in place of the public ones. */
  MQTT_CA_FILE: z.string().optional(),
  /** Names this installation to the broker: sessions, and the topics it publishes on. Older brokers take 23 characters. */
  MQTT_CLIENT_ID: z.string().regex(/^[A-Za-z0-9_-]{1,17}$/, 'Must be 1 to 17 letters, digits, _ and -').default('undercurrent'),
  /** What meters publish on, see lib/ingest/mqtt/topic-mapping.ts. */
  MQTT_TOPICS: z.string().default('undercurrent/{building_id}/input'),
  /** Buildings that Home Assistant is told of over MQTT: ids with commas between, or * for all; without it none. */
  HOME_ASSISTANT_BUILDINGS: z.string().optional(),
  HOME_ASSISTANT_PREFIX: z.string().regex(/^[^+#\s]+$/, 'Must be a topic without + and #').default('homeassistant'),
  /** Seconds between two states of a building. */
  HOME_ASSISTANT_SECONDS: z.coerce.number().int().min(1).max(3600).default(1),
  /**
   * What the data producer sends, see workers/producer/settings.ts. Checked there: names as common as these may mean
   * something else to other programs, and must not keep the application from starting.
   */
  SOURCE: z.string().optional(),
  SPEED: z.string().optional(),
  SEED: z.string().optional(),
  START: z.string().optional(),
  TRANSPORT: z.string().optional(),
  DURATION_SECONDS: z.string().optional(),
  FILE: z.string().optional(),
  TIME_ZONE: z.string().optional(),
})

export type Env = z.infer<typeof schema>

let parsed: Env | undefined
/** What was given as a flag, and how the flag is called. */
const flagNames = new Map<string, string>()

/**
 * Lets command-line flags stand for environment variables: `--redis-host x` is REDIS_HOST=x. To be called before env().
 * @throws Error naming a flag that does not exist
 */
export function applyFlags(argv: readonly string[], names: readonly (keyof Env)[]): void {
  const toFlag = (name: string) => name.toLowerCase().replaceAll('_', '-')
  const options = Object.fromEntries(names.map((name) => [toFlag(name), { type: 'string' as const }]))
  const { values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false })
  for (const name of names) {
    const value = values[toFlag(name)]
    if (typeof value !== 'string') continue
    flagNames.set(name, `--${toFlag(name)}`)
    provideEnv({ [name]: value })
  }
}

/** Sets what a process found out by itself, such as the address of a private server, for itself and its children. */
export function provideEnv(values: Partial<Record<keyof Env, string>>): void {
  Object.assign(process.env, values)
  parsed = undefined
}

/** The environment a child process gets: this one's, with changes. */
export const childEnvironment = (changes: Record<string, string>): NodeJS.ProcessEnv => ({ ...process.env, ...changes })

/**
 * The process environment, checked. Empty strings count as unset.
 * @throws Error naming every variable that is wrong and what it may be.
 */
export function env(): Env {
  if (parsed) return parsed
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (!result.success) {
    const problems = result.error.issues.map(({ path, code, message, ...issue }) => {
      const name = path.join('.')
      const flag = flagNames.get(name)
      const what = code === 'invalid_type' && 'expected' in issue ? `must be a ${String(issue.expected)}` : message
      // Of what somebody just typed; a setting may be a secret.
      return { flag, text: flag === undefined ? `${name}: ${what}` : `${flag} ${given[name]}: ${what}` }
    })
    const typed = problems.filter(({ flag }) => flag !== undefined)
    if (typed.length > 0) throw new Error(typed.map(({ text }) => text).join('; '))
    throw new Error(`Wrong settings in the environment. ${problems.map(({ text }) => text).join('; ')}`)
  }
  parsed = result.data
  return parsed
}
