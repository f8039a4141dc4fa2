'use client'

import { useLayoutEffect, useRef, type RefObject } from 'react'

const MOVE_MILLISECONDS = 180

/**
 * Lets children marked with data-tile glide to their new places when the order changes; at once for people who want less
 * motion.
 */
export function useGentleReorder(order: string): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null)
  const places = useRef(new Map<string, { left: number; top: number }>())
  const shownOrder = useRef(order)

  useLayoutEffect(() => {
    const hasMoved = shownOrder.current !== order
    shownOrder.current = order
    const mayMove = hasMoved && !window.matchMedia('(prefers-reduced-motion: reduce)').matches
    for (const tile of list.current?.querySelectorAll<HTMLElement>('[data-tile]') ?? []) {
      const name = tile.dataset.tile ?? ''
      const now = { left: tile.offsetLeft, top: tile.offsetTop }
      const before = places.current.get(name)
      places.current.set(name, now)
      if (!mayMove || !before || (before.left === now.left && before.top === now.top)) continue
      tile.animate(
        [{ transform: `translate(${before.left - now.left}px, ${before.top - now.top}px)` }, { transform: 'none' }],
        { duration: MOVE_MILLISECONDS, easing: 'ease-out' },
      )
    }
  })
  return list
}
