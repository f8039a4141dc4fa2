'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ChangeNote, TextField } from '@/components/tariffs/fields'
import { send } from '@/components/tariffs/send-json'
import { useChange } from '@/components/tariffs/use-change'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { type WeatherState, weatherStateSchema } from '@/lib/contracts/weather'
import { WeatherCredit } from './weather-credit'
import { isWaiting, WeatherStatus } from './weather-status'

/** While the first forecast is being fetched. */
const LOOK_AGAIN_MILLISECONDS = 10_000

/** Where a site is, for the weather forecast that its own forecasts may follow; what of that leaves the house, and how it goes. */
export function WeatherForm({ siteId, weather, locale, mayManage }: {
  siteId: string
  weather: WeatherState
  locale: string
  mayManage: boolean
}) {
  const t = useTranslations('weather')
  const change = useChange()
  const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const shown = (degrees: number | undefined) => (degrees === undefined ? '' : written.format(degrees))
  const [latitude, setLatitude] = useState(shown(weather.place?.latitude))
  const [longitude, setLongitude] = useState(shown(weather.place?.longitude))
  const [isOn, setOn] = useState(weather.isOn)
  const router = useRouter()
  const waits = isWaiting(weather)
  useEffect(() => {
    if (!waits) return
    const again = setInterval(() => router.refresh(), LOOK_AGAIN_MILLISECONDS)
    return () => clearInterval(again)
  }, [waits, router])
  const path = `/api/v1/sites/${encodeURIComponent(siteId)}/weather`
  const save = async () => {
    const body = {
      latitude: readDegrees(latitude, 90, t('wrongLatitude')),
      longitude: readDegrees(longitude, 180, t('wrongLongitude')),
      isOn,
    }
    const { place } = weatherStateSchema.parse(await send(path, 'PUT', JSON.stringify(body)))
    // As it is kept, and sent: rounded.
    setLatitude(shown(place?.latitude))
    setLongitude(shown(place?.longitude))
    return t('saved')
  }
  const forget = async () => {
    await send(path, 'DELETE')
    setLatitude('')
    setLongitude('')
    setOn(false)
    return t('forgotten')
  }
  return (
    <Card id="weather" aria-labelledby="weather-heading" className="scroll-mt-20 space-y-4 p-4 sm:p-5">
      <div className="max-w-prose space-y-2">
        <h2 id="weather-heading" className="text-lg font-semibold tracking-[-0.01em]">{t('title')}</h2>
        <p className="text-sm text-ink-soft">{t('text')}</p>
        <p className="text-sm text-ink-soft">{t('sent', { hosts: new Intl.ListFormat(locale).format(weather.hosts) })}</p>
      </div>
      <WeatherStatus weather={weather} />
      <fieldset disabled={!mayManage} className="space-y-4">
        <legend className="sr-only">{t('title')}</legend>
        <div className="grid max-w-xl gap-4 sm:grid-cols-2">
          <TextField
            label={t('latitude')}
            hint={t('latitudeHint')}
            inputMode="decimal"
            value={latitude}
            onChange={({ target }) => setLatitude(target.value)}
          />
          <TextField
            label={t('longitude')}
            hint={t('longitudeHint')}
            inputMode="decimal"
            value={longitude}
            onChange={({ target }) => setLongitude(target.value)}
          />
        </div>
        <label className="flex min-h-11 items-center gap-3 text-sm">
          <input type="checkbox" className="size-5 accent-accent" checked={isOn} onChange={({ target }) => setOn(target.checked)} />
          {t('isOn')}
        </label>
      </fieldset>
      <ChangeNote change={change} />
      {mayManage && (
        <div className="flex flex-wrap gap-2">
          <Button look="primary" disabled={change.isBusy} onClick={() => void change.run(save)}>{t('save')}</Button>
          {weather.place && (
            <Button disabled={change.isBusy} onClick={() => window.confirm(t('confirmForget')) && void change.run(forget)}>
              {t('forget')}
            </Button>
          )}
        </div>
      )}
      <WeatherCredit />
    </Card>
  )
}

/** @throws Error with `problem` where the text is no number of degrees */
function readDegrees(text: string, most: number, problem: string): number {
  const degrees = text.trim() === '' ? NaN : Number(text.trim().replace('−', '-').replace(',', '.'))
  if (!(Math.abs(degrees) <= most)) throw new Error(problem)
  return degrees
}
