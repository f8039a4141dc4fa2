'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { ProblemNote } from '@/components/ui/problem-note'

const keyAnswer = z.object({ publicKey: z.string() })
const WORKER = '/alerts-worker.js'

/** Lets this browser show a site's alerts, or not any more. */
export function PushSwitch({ siteId }: { siteId: string }) {
  const t = useTranslations('alerts')
  const change = useChange()
  const [state, setState] = useState<'unknown' | 'unsupported' | 'denied' | 'on' | 'off'>('unknown')
  const path = `/api/v1/sites/${encodeURIComponent(siteId)}/alerts/push`
  useEffect(() => {
    void (async () => {
      if (!('serviceWorker' in navigator) || !('PushManager' in window)) return setState('unsupported')
      const registration = await navigator.serviceWorker.getRegistration(WORKER)
      setState((await registration?.pushManager.getSubscription()) ? 'on' : 'off')
    })()
  }, [])
  const switchOn = () =>
    change.run(async () => {
      if ((await Notification.requestPermission()) !== 'granted') return setState('denied')
      const { publicKey } = keyAnswer.parse(await requestApi(path))
      await navigator.serviceWorker.register(WORKER)
      const registration = await navigator.serviceWorker.ready
      const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
      const { endpoint, keys } = subscription.toJSON()
      await requestApi(path, { method: 'POST', body: { endpoint, keys } })
      setState('on')
    })
  const switchOff = () =>
    change.run(async () => {
      const registration = await navigator.serviceWorker.getRegistration(WORKER)
      const subscription = await registration?.pushManager.getSubscription()
      if (subscription) {
        await requestApi(path, { method: 'DELETE', body: { endpoint: subscription.endpoint } }).catch(() => {})
        await subscription.unsubscribe()
      }
      setState('off')
    })
  return (
    <div className="mt-4 border-t border-line pt-4">
      <h3 className="font-medium">{t('push.title')}</h3>
      <p role="status" className="mt-1 max-w-prose text-sm text-ink-soft">
        {state === 'unsupported' && t('push.unsupported')}
        {state === 'denied' && t('push.denied')}
        {state === 'on' && t('push.isOn')}
      </p>
      {(state === 'off' || state === 'denied') && (
        <Button className="mt-2" disabled={change.isBusy} onClick={() => void switchOn()}>{t('push.on')}</Button>
      )}
      {state === 'on' && <Button className="mt-2" disabled={change.isBusy} onClick={() => void switchOff()}>{t('push.off')}</Button>}
      <ProblemNote text={change.problem} />
    </div>
  )
}
