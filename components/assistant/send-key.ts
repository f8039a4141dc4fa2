import type { KeyboardEvent } from 'react'

/** Enter sends; with Shift it begins a new line; while a word is being composed it only ends that. */
export const sendsOnEnter = (event: KeyboardEvent) => event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing
