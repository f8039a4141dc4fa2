import type { PowerUnit } from './table-options'

/** Units as column names end with them; `mw` could be milli or mega. */
const NAMED_UNITS: Record<string, PowerUnit | 'energy' | 'reactive' | 'unclear'> = {
  w: 'W', watt: 'W', watts: 'W',
  kw: 'kW', kilowatt: 'kW', kilowatts: 'kW',
  milliwatt: 'mW', milliwatts: 'mW', mw: 'unclear',
  va: 'VA', kva: 'kVA',
  wh: 'energy', kwh: 'energy', mwh: 'energy',
  var: 'reactive', kvar: 'reactive',
}
const POWER_NAME = /power|watt|load|mains|aggregate|demand|leistung|(^|[^a-z])(k?w|k?va)([^a-z]|$)/
const TIME_NAME = /time|date|unix|epoch|zeit|datum|(^|[^a-z])ts([^a-z]|$)/
/** Words that may stand beside a unit where a column is the whole building's; any other could name a device or the sun. */
const WORDS_OF_ALL = new Set(
  ('power active real apparent total mains main aggregate load demand watt watts w kw va kva kilowatt kilowatts milliwatt milliwatts ' +
    'leistung wirkleistung scheinleistung gesamt gesamtleistung house home building site p sum net in').split(' '),
)
/** `power_l1`, `Phase B (W)`, `p1_phase`: what is left without the phase's own mark is alike in all. */
const PHASE_MARK = /(^|[^a-z])(?:phase[\s_-]?([1-3abc])|l([1-3])|leg[\s_-]?([12]))(?=[^a-z0-9]|$)/

export const isTimeName = (name: string) => TIME_NAME.test(name)

/** Whether a column holds a building's power by its name, and nothing but that. */
export function isPowerOfAll(name: string, kind: 'active' | 'apparent'): boolean {
  const words = wordsOf(name)
  const unit = namedUnit(name)
  if (unit === 'energy' || unit === 'reactive' || !POWER_NAME.test(name) || !words.every((word) => WORDS_OF_ALL.has(word))) return false
  return (kind === 'apparent') === (unit === 'VA' || unit === 'kVA')
}

/** Columns that are the same power of each of two or three phases. */
export function phasesOf(names: readonly string[]): string[] {
  const groups = new Map<string, Map<string, string>>()
  for (const name of names) {
    const mark = PHASE_MARK.exec(name)
    if (!mark || !isActivePower(name)) continue
    const rest = wordsOf(name.replace(mark[0], ' ')).join(' ')
    if (rest !== '' && !rest.split(' ').every((word) => WORDS_OF_ALL.has(word) || word === 'phase')) continue
    const phases = groups.get(rest) ?? new Map<string, string>()
    phases.set(mark[2] ?? mark[3] ?? mark[4] ?? '', name)
    groups.set(rest, phases)
  }
  const complete = [...groups].filter(([rest, phases]) => phases.size >= 2 && POWER_NAME.test(`${rest} ${[...phases.values()][0]}`))
  return complete.length === 1 ? [...complete[0]![1].values()] : []
}

/** The unit that a column's name ends with. */
export function namedUnit(name: string) {
  const words = wordsOf(name)
  if (/apparent|scheinleistung/.test(name)) return words.includes('kva') ? 'kVA' : 'VA'
  return NAMED_UNITS[words.at(-1) ?? ''] ?? null
}

/** What to do about a header without the columns. */
export function advice(columns: readonly string[]): string {
  if (columns.length > 1 && columns.every((name) => /^[-+\d.,:tz /]*$/.test(name))) {
    return 'It begins with a row of data: put the line timestamp,power_total at its top.'
  }
  const time = columns.find(isTimeName)
  const powers = columns.filter((name) => POWER_NAME.test(name) && isActivePower(name))
  const numbered = powers.filter((name) => /[^a-z0-9][1-3]$/.test(name))
  const power = numbered.length > 1 && numbered.length === powers.length ? numbered.join('+') : powers[0]
  if (!time && !power) return 'Name the columns with --time-column and --power-column.'
  const flags: string[] = []
  if (time && time !== 'timestamp') flags.push(`--time-column ${quoted(time)}`)
  if (power && power !== 'power_total') flags.push(`--power-column ${quoted(power)}`)
  const unit = power ? namedUnit(power) : null
  if (unit && unit !== 'W') flags.push(unit === 'unclear' ? '--unit mW' : `--unit ${unit}`)
  if (flags.length === 0) {
    const energy = columns.find((name) => namedUnit(name) === 'energy')
    return energy ? `${energy} holds energy by its name; the models need power.` : 'Rename the other one.'
  }
  return `If ${power?.includes('+') ? 'these are the phases of one building' : 'these are the ones'}, pass ${flags.join(' ')}.`
}

function isActivePower(name: string): boolean {
  const unit = namedUnit(name)
  return unit !== 'energy' && unit !== 'reactive' && !/factor|reactive|apparent/.test(name)
}

const wordsOf = (name: string) => name.split(/[^a-zà-ÿ]+/).filter((word) => word !== '')

const quoted = (name: string) => (/^[\w+-]+$/.test(name) ? name : `"${name}"`)
