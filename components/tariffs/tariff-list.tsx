'use client'

import { useState } from 'react'
import { useFormat } from '@/components/format/format-context'
import type { Format } from '@/components/format/quantities'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { SiteTariffs, Tariff } from '@/lib/contracts/tariffs'
import { ChangeNote } from './fields'
import { send } from './send-json'
import { draftOf, emptyDraft } from './tariff-draft'
import { TariffForm } from './tariff-form'
import { useChange } from './use-change'

/** What energy costs, from when on; history keeps the price of its own time. */
export function TariffList({
  siteId,
  tariffs,
  today,
  mayWrite,
}: {
  siteId: string
  tariffs: SiteTariffs
  today: string
  mayWrite: boolean
}) {
  const format = useFormat()
  const change = useChange()
  const [editing, setEditing] = useState<string | null>(null)
  const path = `/api/v1/sites/${encodeURIComponent(siteId)}/tariffs`
  const newest = [...tariffs.data].reverse()
  const current = newest.find(({ validFrom }) => validFrom <= today)
  return (
    <Card aria-labelledby="tariffs-heading" className="space-y-4 p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="tariffs-heading" className="text-lg font-semibold tracking-[-0.01em]">
          Tariffs
        </h2>
        {mayWrite && editing !== 'new' && (
          <Button look="primary" onClick={() => setEditing('new')}>
            New tariff
          </Button>
        )}
      </div>
      {editing === null && <ChangeNote change={change} />}
      {editing === 'new' && (
        <TariffForm
          first={emptyDraft(today)}
          currency={tariffs.currency}
          change={change}
          saveText="Save the tariff"
          onSave={async (tariff) => {
            await send(path, 'POST', JSON.stringify(tariff))
            return `${tariff.name} holds from ${dateText(tariff.validFrom, format)} on.`
          }}
          onCancel={() => setEditing(null)}
        />
      )}
      <ul className="divide-y divide-line">
        {newest.map((tariff) => (
          <li key={tariff.id} className="py-3">
            {editing === tariff.id ? (
              <TariffForm
                first={draftOf(tariff)}
                currency={tariffs.currency}
                change={change}
                saveText="Save the correction"
                onSave={async (corrected) => {
                  await send(`${path}/${encodeURIComponent(tariff.id)}`, 'PUT', JSON.stringify(corrected))
                  return `${corrected.name} was corrected, for the past as well.`
                }}
                onCancel={() => setEditing(null)}
              />
            ) : (
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <div className="min-w-0 grow">
                  <p className="font-medium">
                    {tariff.name}
                    {tariff === current && <span className="ml-2 text-sm font-normal text-accent">holds now</span>}
                  </p>
                  <p className="figures text-sm text-ink-soft">
                    From {dateText(tariff.validFrom, format)} · {rateText(tariff, format)}
                  </p>
                </div>
                {mayWrite && (
                  <div className="flex gap-2">
                    <Button onClick={() => setEditing(tariff.id)}>Correct</Button>
                    <Button
                      disabled={change.isBusy}
                      onClick={() => {
                        if (!window.confirm(`Delete ${tariff.name}? Its time then costs what the tariff before says.`)) return
                        void change.run(async () => {
                          await send(`${path}/${encodeURIComponent(tariff.id)}`, 'DELETE')
                          return `${tariff.name} was deleted.`
                        })
                      }}
                    >
                      Delete
                    </Button>
                  </div>
                )}
              </div>
            )}
          </li>
        ))}
        <li className="figures py-3 text-sm text-ink-soft">
          {newest.length > 0 ? 'Before the first tariff' : 'Until a tariff is entered'}: the plain price of the site,{' '}
          {format.price(tariffs.pricePerKwhBefore)}, for energy drawn and fed in alike.
        </li>
      </ul>
    </Card>
  )
}

function dateText(date: string, format: Format): string {
  return new Intl.DateTimeFormat(format.settings.locale, { timeZone: 'UTC', dateStyle: 'medium' }).format(
    new Date(`${date}T12:00:00Z`),
  )
}

/** A tariff in a line. */
function rateText({ rate, standingChargePerDay, exportCreditPerKwh }: Tariff, format: Format): string {
  const parts: string[] = []
  if (rate.kind === 'flat') parts.push(format.price(rate.pricePerKwh))
  if (rate.kind === 'time_of_use') {
    parts.push(
      ...rate.windows.map(({ name, from, to, pricePerKwh }) => `${name} ${from} to ${to}: ${format.price(pricePerKwh)}`),
    )
    parts.push(`otherwise ${format.price(rate.defaultPricePerKwh)}`)
  }
  if (rate.kind === 'seasonal') {
    parts.push(
      ...rate.seasons.map(({ name, from, to, pricePerKwh }) => `${name} (${from} to ${to}): ${format.price(pricePerKwh)}`),
    )
    parts.push(`otherwise ${format.price(rate.defaultPricePerKwh)}`)
  }
  if (rate.kind === 'tiered') {
    parts.push(
      ...rate.blocks.map(({ upToKwh, pricePerKwh }) =>
        upToKwh === null
          ? `above that ${format.price(pricePerKwh)}`
          : `up to ${upToKwh} kWh a month ${format.price(pricePerKwh)}`,
      ),
    )
  }
  if (rate.kind === 'dynamic') parts.push(`hourly prices × ${rate.multiplier} + ${format.price(rate.surchargePerKwh)}`)
  if (standingChargePerDay > 0) parts.push(`${format.money(standingChargePerDay)} a day`)
  if (exportCreditPerKwh > 0) parts.push(`${format.price(exportCreditPerKwh)} for energy fed in`)
  return parts.join(', ')
}
