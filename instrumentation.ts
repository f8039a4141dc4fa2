/**
 * Runs once before Next serves anybody: one started by hand refuses demo credentials just as `npm start` does. From then on the
 * process says how it is.
 */
export async function register(): Promise<void> {
  // Not a setting: Next puts a constant here, and so keeps this block out of its build for other runtimes.
  // oxlint-disable-next-line node/no-process-env
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { assertNoDemoCredentials } = await import('@/lib/auth/demo-guard')
    try {
      await assertNoDemoCredentials()
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    }
    const { reportWebProcess } = await import('@/lib/services/web-process')
    reportWebProcess()
    const { warmAssistant } = await import('@/lib/assistant/warm-assistant')
    // Nobody waits for it: a question that comes before it is done waits by itself.
    void warmAssistant()
  }
}
