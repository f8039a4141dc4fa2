// How many tests passed and failed, from the runners' own JSON reports. null where a report is missing or cut short.
import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @returns {Counts | null} */
export function countVitest(file) {
  const report = read(file)
  if (!report) return null
  // A file that could not even be loaded has no failed test of its own.
  const brokenFiles = (report.testResults ?? []).filter(({ status, assertionResults }) => status === 'failed' && !assertionResults?.length)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  }
}

/** A test that passed only when repeated counts as failed: it protects nothing. @returns {Counts | null} */
export function countPlaywright(file) {
  const stats = read(file)?.stats
  if (!stats) return null
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
