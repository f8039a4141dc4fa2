/** How an input of the import page looks. */
export const FIELD = 'min-h-11 w-full rounded-lg border border-line-strong/60 bg-surface px-3 text-ink'
