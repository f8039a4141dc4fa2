'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { Format } from '@/components/format/quantities'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { Translator } from '@/components/i18n/messages'
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
  const t = useTranslations('tariffs')
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
          {t('list.title')}
        </h2>
        {mayWrite && editing !== 'new' && (
          <Button look="primary" onClick={() => setEditing('new')}>
            {t('list.new')}
          </Button>
        )}
      </div>
      {editing === null && <ChangeNote change={change} />}
      {editing === 'new' && (
        <TariffForm
          first={emptyDraft(today, t)}
          currency={tariffs.currency}
          change={change}
          saveText={t('list.save')}
          onSave={async (tariff) => {
            await send(path, 'POST', JSON.stringify(tariff))
            return t('list.holdsFrom', { name: tariff.name, day: dateText(tariff.validFrom, format) })
          }}
          onCancel={() => setEditing(null)}
        />
      )}
      <ul className="divide-y divide-line">
        {newest.map((tariff) => (
          <li key={tariff.id} className="py-3">
            {editing === tariff.id ? (
              <TariffForm
                first={draftOf(tariff, t)}
                currency={tariffs.currency}
                change={change}
                saveText={t('list.saveCorrection')}
                onSave={async (corrected) => {
                  await send(`${path}/${encodeURIComponent(tariff.id)}`, 'PUT', JSON.stringify(corrected))
                  return t('list.corrected', { name: corrected.name })
                }}
                onCancel={() => setEditing(null)}
              />
            ) : (
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <div className="min-w-0 grow">
                  <p className="font-medium">
                    {tariff.name}
                    {tariff === current && <span className="ml-2 text-sm font-normal text-accent">{t('list.holdsNow')}</span>}
                  </p>
                  <p className="figures text-sm text-ink-soft">
                    {t('list.from', { day: dateText(tariff.validFrom, format), rate: rateText(tariff, format, t) })}
                  </p>
                </div>
                {mayWrite && (
                  <div className="flex gap-2">
                    <Button onClick={() => setEditing(tariff.id)}>{t('list.correct')}</Button>
                    <Button
                      disabled={change.isBusy}
                      onClick={() => {
                        if (!window.confirm(t('list.confirmDelete', { name: tariff.name }))) return
                        void change.run(async () => {
                          await send(`${path}/${encodeURIComponent(tariff.id)}`, 'DELETE')
                          return t('list.deleted', { name: tariff.name })
                        })
                      }}
                    >
                      {t('list.delete')}
                    </Button>
                  </div>
                )}
              </div>
            )}
          </li>
        ))}
        <li className="figures py-3 text-sm text-ink-soft">
          {t(newest.length > 0 ? 'list.beforeFirst' : 'list.untilFirst', { price: format.price(tariffs.pricePerKwhBefore) })}
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
function rateText(
  { rate, standingChargePerDay, exportCreditPerKwh }: Tariff,
  format: Format,
  t: Translator<'tariffs'>,
): string {
  const digits = new Intl.NumberFormat(format.settings.locale, { maximumFractionDigits: 10, useGrouping: false })
  const parts: string[] = []
  if (rate.kind === 'flat') parts.push(format.price(rate.pricePerKwh))
  if (rate.kind === 'time_of_use') {
    parts.push(
      ...rate.windows.map(({ name, from, to, pricePerKwh }) =>
        t('rate.window', { name, from, to, price: format.price(pricePerKwh) }),
      ),
    )
    parts.push(t('rate.otherwise', { price: format.price(rate.defaultPricePerKwh) }))
  }
  if (rate.kind === 'seasonal') {
    parts.push(
      ...rate.seasons.map(({ name, from, to, pricePerKwh }) =>
        t('rate.season', { name, from, to, price: format.price(pricePerKwh) }),
      ),
    )
    parts.push(t('rate.otherwise', { price: format.price(rate.defaultPricePerKwh) }))
  }
  if (rate.kind === 'tiered') {
    parts.push(
      ...rate.blocks.map(({ upToKwh, pricePerKwh }) =>
        upToKwh === null
          ? t('rate.above', { price: format.price(pricePerKwh) })
          : t('rate.upTo', { limit: digits.format(upToKwh), price: format.price(pricePerKwh) }),
      ),
    )
  }
  if (rate.kind === 'dynamic') {
    parts.push(t('rate.hourly', { multiplier: digits.format(rate.multiplier), surcharge: format.price(rate.surchargePerKwh) }))
  }
  if (standingChargePerDay > 0) parts.push(t('rate.aDay', { amount: format.money(standingChargePerDay) }))
  if (exportCreditPerKwh > 0) parts.push(t('rate.fedIn', { price: format.price(exportCreditPerKwh) }))
  return parts.join(', ')
}
