/** The look of each severity's badge. */
export const SEVERITY_TONES = { info: 'neutral', warning: 'warn', critical: 'bad' } as const
