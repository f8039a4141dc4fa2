'use client'

import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { LiveSnapshot } from '@/lib/contracts/live-events'
import { openLiveConnection, type LiveConnection } from './live-connection'
import { initialLiveState, liveReducer, needsSnapshot, type LiveState } from './live-state'

/** A new snapshot is asked for at most this often. */
const RENEWAL_MILLISECONDS = 10_000

const deviceSeconds = () => Date.now() / 1000

export interface LiveSite {
  state: LiveState
  /** Unix seconds on the server's clock, once a second; at first the moment of the snapshot, so that server and browser agree. */
  nowSeconds: number
  /** Connects at once instead of waiting for the next attempt. */
  retryNow: () => void
}

/** A site as the server rendered it, kept current over one WebSocket. */
export function useLiveSite(snapshot: LiveSnapshot): LiveSite {
  const [state, dispatch] = useReducer(liveReducer, snapshot, initialLiveState)
  const [nowSeconds, setNowSeconds] = useState(snapshot.serverTimestamp)
  const connection = useRef<LiveConnection | null>(null)
  const latestState = useRef(state)
  useEffect(() => {
    latestState.current = state
  }, [state])

  useEffect(() => {
    dispatch({ type: 'clock', clockOffsetSeconds: snapshot.serverTimestamp - deviceSeconds() })
    let lastRenewal = Date.now()
    let isRenewalDue = false
    const opened = openLiveConnection({
      siteId: snapshot.siteId,
      onConnection: (value) => dispatch({ type: 'connection', connection: value }),
      onEvent: (event) => {
        dispatch({ type: 'event', event, receivedAtSeconds: deviceSeconds() })
        // One that comes too soon after another waits: a clock that leaps and is set back asks twice within a second.
        isRenewalDue ||= needsSnapshot(latestState.current, event)
        if (isRenewalDue && Date.now() - lastRenewal > RENEWAL_MILLISECONDS) {
          lastRenewal = Date.now()
          isRenewalDue = false
          opened.renew()
        }
      },
    })
    connection.current = opened
    return () => opened.close()
    // A new snapshot of the same site comes through the socket, not through props.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [snapshot.siteId])

  const { clockOffsetSeconds } = state
  useEffect(() => {
    const tick = () => setNowSeconds(deviceSeconds() + clockOffsetSeconds)
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [clockOffsetSeconds])

  const retryNow = useCallback(() => connection.current?.renew(), [])
  return { state, nowSeconds, retryNow }
}
