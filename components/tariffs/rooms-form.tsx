'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { SeriesIcon } from '@/components/charts/series-identity'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Rooms } from '@/lib/contracts/energy'
import type { Site } from '@/lib/contracts/sites'
import { ChangeNote } from './fields'
import { send } from './send-json'
import { useChange } from './use-change'

/** In which room each appliance stands, so that history can add up rooms. */
export function RoomsForm({ site, rooms, mayWrite }: { site: Site; rooms: Rooms; mayWrite: boolean }) {
  const t = useTranslations('tariffs')
  const appliances = useTranslations('appliances')
  const change = useChange()
  const keyOf = (buildingId: string, appliance: string) => `${buildingId} ${appliance}`
  const [names, setNames] = useState(
    new Map(rooms.rooms.map(({ buildingId, appliance, room }) => [keyOf(buildingId, appliance), room])),
  )
  const save = async () => {
    const body: Rooms = {
      rooms: site.buildings.flatMap(({ id }) =>
        APPLIANCES.flatMap((appliance) => {
          const room = names.get(keyOf(id, appliance))?.trim()
          return room ? [{ buildingId: id, appliance, room }] : []
        }),
      ),
    }
    await send(`/api/v1/sites/${encodeURIComponent(site.id)}/rooms`, 'PUT', JSON.stringify(body))
    return t('saved')
  }
  return (
    <Card aria-labelledby="rooms-heading" className="space-y-4 p-4 sm:p-5">
      <h2 id="rooms-heading" className="text-lg font-semibold tracking-[-0.01em]">
        {t('rooms.title')}
      </h2>
      <datalist id="known-rooms">
        {[...new Set(names.values())]
          .filter(Boolean)
          .sort()
          .map((room) => (
            <option key={room} value={room}>
              {room}
            </option>
          ))}
      </datalist>
      {site.buildings.map((building) => (
        <fieldset key={building.id} disabled={!mayWrite} className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          <legend className="mb-2 text-sm font-medium text-ink-soft">{building.name}</legend>
          {APPLIANCES.map((appliance) => (
            <label key={appliance} className="flex items-center gap-2.5 text-sm">
              <SeriesIcon series={appliance} className="size-4 shrink-0 text-ink-soft" />
              <span className="w-32 shrink-0">{appliances(`label.${appliance}`)}</span>
              <input
                list="known-rooms"
                maxLength={60}
                placeholder={t('rooms.none')}
                className="min-h-11 w-full min-w-0 rounded-lg border border-line-strong/60 bg-surface px-3 text-ink disabled:opacity-60"
                value={names.get(keyOf(building.id, appliance)) ?? ''}
                onChange={({ target }) => setNames(new Map(names).set(keyOf(building.id, appliance), target.value))}
              />
            </label>
          ))}
        </fieldset>
      ))}
      <ChangeNote change={change} />
      {mayWrite && (
        <Button look="primary" disabled={change.isBusy} onClick={() => void change.run(save)}>
          {t('rooms.save')}
        </Button>
      )}
    </Card>
  )
}
