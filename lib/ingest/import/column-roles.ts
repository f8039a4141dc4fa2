import { QUANTITIES, type ImportColumn, type Quantity } from '@/lib/contracts/import'

/** Words by which a header names a quantity; the first rule that fits counts, so the special ones come first. */
const RULES: readonly [RegExp, Quantity | 'time' | 'ignored'][] = [
  [
    /^(date_?time|time_?stamp|ts|time|date|unix|epoch|recorded_?at|created_?at|last_changed|last_updated|start|start_ts|datum|zeit|zeitstempel|uhrzeit|utc|localminute|local_15min)$/,
    'time',
  ],
  [/(^|_)(date_?time|time_?stamp|datum|zeitpunkt)(_|$)|^time_|_time$/, 'time'],
  [/cluster/, 'cluster'],
  [/device|appliance_?(name|state)|^state_?label$/, 'deviceState'],
  [/power_?factor|leistungsfaktor|cos_?phi|(^|_)pf(_|$)/, 'powerFactor'],
  [/thd|harmonic|klirr/, 'thd'],
  [/freq|netzfrequenz|(^|_)hz(_|$)/, 'frequency'],
  [/reactive|blindleistung|(^|_)k?var(_|$)/, 'reactivePower'],
  [/apparent|scheinleistung|(^|_)k?va(_|$)/, 'apparentPower'],
  [
    /energy_?(total|counter|index)|total_?energy|meter_?reading|zaehlerstand|zählerstand|cumul|(^|_)(sum|counter|index)(_|$)/,
    'energyTotal',
  ],
  [/energy|consumption|usage|verbrauch|(^|_)[km]?wh(_|$)|joule/, 'energy'],
  [/volt|spannung|(^|_)(v|u|vrms|v_rms)(_|$)/, 'voltage'],
  [/current|amp|strom(?!verbrauch)|(^|_)(i|irms|i_rms|ma)(_|$)/, 'current'],
  [/power|watt|aggregate|mains|load|demand|leistung|(^|_)k?w(_|$)|(^|_)p(_|$)/, 'power'],
]

/** Units as headers write them, in brackets or at the end. */
const UNIT_WORDS: Record<string, string> = {
  w: 'W',
  watt: 'W',
  watts: 'W',
  kw: 'kW',
  kilowatt: 'kW',
  kilowatts: 'kW',
  milliwatt: 'mW',
  milliwatts: 'mW',
  megawatt: 'MW',
  v: 'V',
  volt: 'V',
  volts: 'V',
  kv: 'kV',
  millivolt: 'mV',
  a: 'A',
  amp: 'A',
  amps: 'A',
  ampere: 'A',
  amperes: 'A',
  ma: 'mA',
  milliamp: 'mA',
  milliamps: 'mA',
  var: 'var',
  vars: 'var',
  kvar: 'kvar',
  kvars: 'kvar',
  va: 'VA',
  kva: 'kVA',
  hz: 'Hz',
  hertz: 'Hz',
  mhz: 'mHz',
  wh: 'Wh',
  kwh: 'kWh',
  mwh: 'MWh',
  joule: 'J',
  joules: 'J',
  j: 'J',
  '%': '%',
  percent: '%',
  pct: '%',
}

export type ColumnRole = { role: 'time' } | { role: 'quantity'; column: ImportColumn } | null

/** `Real Power (W)` -> real_power_w: as the rules and old schemas write it. A sign for the unit is a word of its own. */
export function plainName(header: string): string {
  return (
    header
      .trim()
      // kW and mA are words of their own; other capitals begin one.
      .replace(/(?<![a-zA-Z])[km](?:Wh?|VA|V|A|Hz)(?![a-z])/g, (unit) => unit.toLowerCase())
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replaceAll('%', ' percent ')
      .replace(/[^\p{L}\p{N}]+/gu, '_')
      .replace(/^_+|_+$/g, '')
  )
}

/** What a column holds by its name. */
export function roleOf(header: string): ColumnRole {
  const name = plainName(header)
  const role = RULES.find(([pattern]) => pattern.test(name))?.[1]
  if (role === 'time') return { role }
  if (!role || role === 'ignored') return null
  const unit = unitOf(header, role)
  // A power in watt-hours is no power, whatever it is called.
  if (role === 'power' && /(^|_)[km]?wh(_|$)/.test(name))
    return { role: 'quantity', column: { column: header, quantity: 'energy', unit: unitOf(header, 'energy') } }
  return { role: 'quantity', column: { column: header, quantity: role, unit } }
}

/** The unit that a column's name gives for a quantity; null where it gives none. */
export function unitOf(header: string, quantity: Quantity): string | null {
  const known: readonly string[] = Object.keys(QUANTITIES[quantity].units)
  if (known.length === 1) return known[0] ?? null
  const bracketed = /[([]\s*([^)\]]+?)\s*[)\]]/.exec(header)?.[1]
  // In brackets the case tells milli from mega.
  if (bracketed && known.includes(bracketed)) return bracketed
  const words = [bracketed?.toLowerCase() ?? '', ...plainName(header).split('_').reverse()]
  // One letter alone is a unit only at the end.
  const unit = words
    .map((word, at) => (word.length > 1 || at <= 1 ? UNIT_WORDS[word] : undefined))
    .find((found) => found && known.includes(found))
  return unit ?? null
}
