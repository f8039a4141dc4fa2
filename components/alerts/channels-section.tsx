'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ProblemNote } from '@/components/ui/problem-note'
import { Section } from '@/components/ui/section'
import type { AlertChannel, AlertLanguage, ChannelType } from '@/lib/contracts/alerts'
import { ChannelDialog } from './channel-dialog'
import { PushSwitch } from './push-switch'

const testAnswer = z.object({ success: z.boolean(), detail: z.string() })

interface ChannelsSectionProps {
  siteId: string
  channels: readonly AlertChannel[]
  language: AlertLanguage
  types: readonly ChannelType[]
  mayManage: boolean
}

export function ChannelsSection({ siteId, channels, language, types, mayManage }: ChannelsSectionProps) {
  const t = useTranslations('alerts')
  const change = useChange()
  const [isAdding, setAdding] = useState(false)
  const [tested, setTested] = useState<{ id: string; text: string } | null>(null)
  const pathOf = ({ id }: AlertChannel) => `/api/v1/sites/${encodeURIComponent(siteId)}/alerts/channels/${encodeURIComponent(id)}`
  const test = (channel: AlertChannel) =>
    change.run(async () => {
      setTested(null)
      const { success, detail } = testAnswer.parse(await requestApi(`${pathOf(channel)}/test`, { method: 'POST' }))
      setTested({ id: channel.id, text: success ? t('channels.tested') : t('channels.testFailed', { reason: detail }) })
    })
  const remove = (channel: AlertChannel) => {
    if (!window.confirm(t('channels.confirmDelete', { name: channel.name }))) return
    void change.run(() => requestApi(pathOf(channel), { method: 'DELETE' }))
  }
  return (
    <Section
      id="channels"
      title={t('channels.title')}
      text={t('channels.text')}
      action={mayManage && <Button onClick={() => setAdding(true)}>{t('channels.new')}</Button>}
    >
      {channels.length === 0 && <p className="mt-3 text-ink-soft">{t('channels.none')}</p>}
      <ul className="mt-3 divide-y divide-line">
        {channels.map((channel) => (
          <li key={channel.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                <span className="break-words">{channel.name}</span>
                <Badge>{t(`channels.type.${channel.type}`)}</Badge>
              </p>
              <p className="text-sm break-all text-ink-soft">
                {channel.type === 'push' ? t('channels.browsers', { count: Number(channel.target) }) : channel.target}
              </p>
              <p role="status" className="text-sm">{tested?.id === channel.id && tested.text}</p>
            </div>
            {mayManage && (
              <div className="flex gap-2">
                <Button disabled={change.isBusy} onClick={() => void test(channel)} aria-label={`${t('channels.test')}: ${channel.name}`}>
                  {t('channels.test')}
                </Button>
                <Button disabled={change.isBusy} onClick={() => remove(channel)} aria-label={`${t('delete')}: ${channel.name}`}>
                  {t('delete')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote text={change.problem} />
      <PushSwitch siteId={siteId} />
      {isAdding && <ChannelDialog siteId={siteId} language={language} types={types} onClose={() => setAdding(false)} />}
    </Section>
  )
}
