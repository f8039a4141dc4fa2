// How many tests passed, and which failed, from the runners' own JSON reports. null where a report is missing or cut short.
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts */

/** @returns {Counts | null} */
export function countVitest(file) {
  const report = read(file)
  if (!report) return null
  // A file that could not even be loaded has no failed test of its own.
  const brokenFiles = (report.testResults ?? []).filter(({ status, assertionResults }) => status === 'failed' && !assertionResults?.length)
  const failedTests = (report.testResults ?? []).flatMap(({ name, assertionResults = [] }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => `${path.relative('', name)} › ${fullName}`),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    failures: [...brokenFiles.map(({ name }) => path.relative('', name)), ...failedTests],
  }
}

/** A test that passed only when repeated counts as failed: it protects nothing. @returns {Counts | null} */
export function countPlaywright(file) {
  const { stats, suites } = read(file) ?? {}
  if (!stats) return null
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped, failures: failedSpecs(suites ?? []) }
}

function failedSpecs(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ projectName }) => `[${projectName}] ${file} › ${title}`),
    ),
    ...failedSpecs(inner),
  ])
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
