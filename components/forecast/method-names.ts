import type { Messages } from '@/components/i18n/messages'

/** What the reader calls the ways to forecast, by their names in the API. */
const METHODS: Record<string, keyof Messages['forecast']['methods']> = {
  'seasonal naive (day)': 'naiveDay',
  'seasonal naive (week)': 'naiveWeek',
  'profile (median)': 'median',
  'profile (mean)': 'mean',
  'profile (long median)': 'longMedian',
  'profile (weekday)': 'weekday',
  'profile (recent days)': 'recent',
  'profile moved by the last day': 'movedDay',
  'profile moved by the last hours': 'movedHours',
  'last value': 'last',
  'level of the last day': 'level',
  'MSTL + ETS': 'mstl',
  'median of three days': 'threeDays',
  'profile scaled by the last day': 'scaled',
  'similar days': 'similar',
  'regression (weeks)': 'weeks',
  'regression (months)': 'months',
  'network (many homes)': 'network',
  'clear sky as on the last day': 'skyDay',
  'clear sky as in the last hours': 'skyHours',
  'LSTM (clear sky)': 'clearSky',
  'forecast irradiance (median)': 'irradianceMedian',
  'forecast irradiance (mean)': 'irradianceMean',
  'forecast temperature (regression)': 'temperature',
}

/** The key of a method's message; null for one that this version does not know. */
export const methodKey = (name: string) => METHODS[name] ?? null
