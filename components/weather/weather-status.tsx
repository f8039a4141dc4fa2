'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { WeatherState } from '@/lib/contracts/weather'

/** Whether the first forecast is still to come: nothing was fetched, and nothing went wrong. */
export const isWaiting = ({ place, isOn, lastFetchSeconds, lastError }: WeatherState) =>
  place !== null && isOn && lastFetchSeconds === null && !lastError

/** How it goes with fetching the weather, in sentences. */
export function WeatherStatus({ weather }: { weather: WeatherState }) {
  const t = useTranslations('weather')
  const format = useFormat()
  const moment = (seconds: number) => format.local(seconds, { dateStyle: 'medium', timeStyle: 'short' })
  const { place, isOn, lastFetchSeconds, nextFetchSeconds, lastError, fetched, own } = weather
  const sentences: string[] = []
  if (!place) sentences.push(t('status.none'))
  else if (!isOn) sentences.push(t('status.off'))
  else if (isWaiting(weather)) sentences.push(t('status.waiting'))
  if (lastFetchSeconds !== null && fetched) {
    const said = { at: moment(lastFetchSeconds), until: moment(fetched.toSeconds) }
    const isNext = nextFetchSeconds !== null && !lastError
    sentences.push(isNext ? t('status.fetched', { ...said, next: moment(nextFetchSeconds) }) : t('status.fetchedOff', said))
  }
  if (own) sentences.push(t('status.own', { count: own.hours, until: moment(own.toSeconds) }))
  return (
    <div className="figures space-y-1 text-sm" aria-live="polite">
      {sentences.length > 0 && <p>{sentences.join(' ')}</p>}
      {lastError && isOn && <p className="text-bad">{failureText(lastError, nextFetchSeconds)}</p>}
    </div>
  )

  function failureText({ kind, status, reason, atSeconds }: NonNullable<WeatherState['lastError']>, next: number | null): string {
    const code = String(status)
    const what =
      kind !== 'status' ? t(`failures.${kind}`)
      : reason === null ? t('failures.status', { status: code })
      : t('failures.statusReason', { status: code, reason: reason.replace(/\.$/, '') })
    const at = moment(atSeconds)
    return next === null ? t('status.failed', { at, what }) : t('status.failedNext', { at, what, next: moment(next) })
  }
}
