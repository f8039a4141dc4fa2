import type { REFUSAL_KINDS, REPLY_KINDS, ToolName, UNCLEAR_KINDS } from '@/lib/contracts/assistant'
import type { Words } from './sentence'

/** A question that each tool answers, for people who wonder what they can ask. */
const EXAMPLE_QUESTIONS: Record<ToolName, string> = {
  power_now: 'How much am I using right now?',
  energy_use: 'What used the most yesterday?',
  compare_periods: 'Why is this month more than the last?',
  peak_demand: 'When was my highest peak last week?',
  runs: 'How often did the dishwasher run last month?',
  always_on: 'What is always on?',
  appliance_state: 'Is the fridge all right?',
  electrical_quality: 'Is my voltage within limits?',
  devices: 'Which devices do you know?',
  site_facts: 'What do I pay for a kWh?',
  coverage: 'Are any readings missing?',
  forecast: 'How much will I use tomorrow?',
  anomalies: 'Was anything unusual last week?',
  maintenance: 'Does any appliance need attention?',
  savings: 'When should I run the dryer?',
}
const OFFERED = 3

/** Questions that can be asked here, others for another question. */
export function offeredQuestions(tools: readonly ToolName[], hash: number, count = OFFERED): string[] {
  return Array.from({ length: Math.min(count, tools.length) }, (_, index) => {
    const tool = tools[(hash + index * Math.max(1, Math.floor(tools.length / count))) % tools.length]
    return tool ? EXAMPLE_QUESTIONS[tool] : ''
  }).filter((question) => question !== '')
}

const offer = (tools: readonly ToolName[], hash: number) => {
  const quoted = offeredQuestions(tools, hash).map((question) => `“${question}”`)
  return quoted.length > 0 ? ` You could ask: ${quoted.join(' ')}` : ''
}

/** Without a figure: how often it was right is of other homes, not of the measurements that answers rest on. */
const HOW_SURE =
  'Some appliances are told better than others: those that were not shown to be right in enough real homes are marked as ' +
  'experimental, and the model card says how often the others were.'

const choose = (hash: number, ways: readonly string[]) => ways[hash % ways.length] ?? ''
const words = (text: string): Words => [{ text }]

export function wordReply(reply: (typeof REPLY_KINDS)[number], tools: readonly ToolName[], hash: number): Words {
  const said: Record<typeof reply, readonly string[]> = {
    greeting: [
      'Hello! Ask me about the electricity of this site.',
      'Hi! What would you like to know about your electricity?',
      'Good to see you. What shall I look up in your measurements?',
    ],
    thanks: ['You are welcome.', 'Glad to help.', 'Any time.'],
    goodbye: ['Goodbye!', 'See you soon.', 'Until next time.'],
    capabilities: [
      'I can tell what was used, by which appliance and when, what it cost, how periods compare, when the peaks ' +
        'were, how often something ran, what is on now, what comes next, what looks wrong and what could be saved.',
      'I answer questions about energy, cost and CO2 of any period and appliance, about peaks, runs, standby ' +
        'use, forecasts, anomalies, maintenance, electrical quality and the data themselves.',
      'Ask me about power now, energy and cost of any time, comparisons, peaks, runs of appliances, what is always on, ' +
        'tomorrow, and when to run something.',
    ],
    identity: [
      'I am the assistant of this application. I look up answers in the measurements of your site.',
      'I am a program that answers questions from the measurements of this site; I make no numbers up.',
      'I am the assistant here: every number I give comes from your measurements.',
    ],
    how_it_works: [
      'A single meter measures the whole building. A model tells from the shape of the power which appliances are on; ' +
        `those values are estimates, and I say “about” before them. ${HOW_SURE} Each number I give is looked up and can be ` +
        'opened.',
      `The main meter is measured; what each appliance draws is estimated from it by a model. ${HOW_SURE} I look the numbers ` +
        'up, and you can open each one where it comes from.',
      'I translate your question into look-ups in the measurements and put the results into words. Totals are ' +
        `measured; appliances are estimated from the total. ${HOW_SURE}`,
    ],
  }
  const isOffering = reply === 'greeting' || reply === 'capabilities'
  return words(choose(hash, said[reply]) + (isOffering ? offer(tools, hash) : ''))
}

export function wordRefusal(refusal: (typeof REFUSAL_KINDS)[number], tools: readonly ToolName[], hash: number): Words {
  const said: Record<typeof refusal, readonly string[]> = {
    out_of_scope: [
      'I only know about the electricity of this site.',
      'That is outside of what I can answer: I know the electricity measurements of this site.',
      'I cannot help with that; I answer questions about the electricity measured here.',
    ],
    control: [
      'I cannot switch anything: a meter only measures.',
      'Switching is not something I can do. I only read what is measured.',
      'I can look at what is on, but I cannot turn anything on or off.',
    ],
    private: [
      'I only see the measurements of this site, not those of other people.',
      'I cannot tell you about other people or their sites.',
      'Data of others are not mine to see. I know this site only.',
    ],
  }
  return words(choose(hash, said[refusal]) + offer(tools, hash))
}

/** To a question in another language. */
export function wordForeign(tools: readonly ToolName[], hash: number): Words {
  const said = [
    'Please ask in English: I understand questions in English only.',
    'I only understand English. Please ask in English.',
    'Could you ask in English, please? I do not understand other languages.',
  ]
  return words(choose(hash, said) + offer(tools, hash))
}

export function wordUnclear(missing: (typeof UNCLEAR_KINDS)[number], tools: readonly ToolName[], hash: number): Words {
  const said: Record<typeof missing, readonly string[]> = {
    appliance: [
      'Which appliance do you mean?',
      'Please name the appliance you mean, for instance the dryer.',
      'I am not sure which appliance you mean.',
    ],
    period: [
      'Which time do you mean? Say for instance yesterday, last week or since Easter.',
      'Please name a time, such as today, last month or November.',
      'I am not sure which time you mean: yesterday, this week, or another?',
    ],
    everything: [
      'I did not understand that.',
      'I am not sure what you are asking.',
      'That I did not understand. Could you put it another way?',
    ],
  }
  return words(choose(hash, said[missing]) + (missing === 'everything' ? offer(tools, hash) : ''))
}
