/** How the axes of every chart look; scale, ticks and texts are the chart's own. */
const AXIS = { tickLine: false, axisLine: false, tick: { fill: 'var(--ink-faint)', fontSize: 12 } } as const

export const X_AXIS = { ...AXIS, height: 26 } as const
export const Y_AXIS = AXIS
/** How the note at the pointer moves. */
export const POINTER_NOTE = { isAnimationActive: false, cursor: { stroke: 'var(--ink-faint)' } } as const
