import { IMPORT_FORMATS, QUANTITIES, type ImportPreview, type ImportReport } from '@/lib/contracts/import'

const count = (rows: number) => `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`
const time = (seconds: number | null) => (seconds === null ? '?' : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'))

/** What became of the file's rows, as lines for a person. */
export function describeReport(report: ImportReport, rejectedFile: string): string[] {
  const { stored } = report
  const where = [
    [stored.mains, 'readings of the building'],
    [stored.electrical, 'electrical readings'],
    [stored.minutes, 'minutes of energy'],
  ] as const
  return [
    `${IMPORT_FORMATS[report.format]}, ${time(report.fromSeconds)} to ${time(report.toSeconds)}`,
    ...report.notes.map((note) => `  ${note}`),
    `${count(report.read)} read: ${report.imported.toLocaleString('en')} imported (${report.repaired.toLocaleString('en')} of them repaired), ` +
      `${report.unchanged.toLocaleString('en')} already there, ${report.rejected.toLocaleString('en')} rejected.`,
    ...where.filter(([rows]) => rows > 0).map(([rows, what]) => `  ${rows.toLocaleString('en')} ${what} stored`),
    ...report.repairs.map(({ reason, rows }) => `  repaired, ${count(rows)}: ${reason}`),
    ...report.rejections.map(({ reason, rows }) => `  rejected, ${count(rows)}: ${reason}`),
    ...(report.rejected > 0 ? [`The rejected rows are in ${rejectedFile}.`] : []),
  ]
}

/** How a file would be read. */
export function describePreview(preview: ImportPreview): string[] {
  const { mapping } = preview
  return [
    `${IMPORT_FORMATS[preview.format]} (${preview.container})`,
    ...preview.notes.map((note) => `  ${note}`),
    `  time: ${mapping.timeColumn ?? 'by position'}${mapping.clockColumn ? ` and ${mapping.clockColumn}` : ''}; zone of times without one: ${mapping.timeZone}`,
    ...mapping.columns.map(
      ({ column, quantity, unit }) => `  ${column}: ${QUANTITIES[quantity].label}, ${unit ?? 'unit by size'}`,
    ),
    'First rows:',
    ...preview.rows.slice(0, 5).map(({ line, timestamp, values, problem }) => {
      const what =
        problem ??
        `${time(timestamp)} ${Object.entries(values)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ')}`
      return `  line ${line}: ${what}`
    }),
  ]
}
