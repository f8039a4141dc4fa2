'use client'

import { useTranslations } from 'use-intl'
import { durationInWords } from '@/components/format/quantities'
import type { ModelRegistry } from '@/lib/contracts/model-registry'
import { DataCell, DataRow, DataTable, FactList } from '../fact-list'
import { bytesText, countText } from '../figures'

const TEXT = {
  version: 'Version',
  window: 'Window',
  sight: 'Looks back',
  sightText: (fast: string, slow: string) => `${fast} (fast), ${slow} (slow)`,
  lookahead: 'Final after',
  size: 'Size',
  shape: 'Fast network',
  shapeText: (layers: string, channels: string) => `${layers} layers of ${channels} channels`,
  files: 'Files',
  fileColumns: [{ name: 'File' }, { name: 'Size', isNumber: true }, { name: 'SHA-256' }],
} as const

/** The model as its manifest describes it. */
export function ModelFacts({ model, locale }: { model: NonNullable<ModelRegistry['model']>; locale: string }) {
  const tFormat = useTranslations('format')
  const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <>
      <FactList
        className="mt-3"
        facts={[
          [TEXT.version, `${model.name} ${model.version}`],
          [TEXT.window, durationInWords(model.windowSeconds, tFormat)],
          [TEXT.sight, TEXT.sightText(durationInWords(model.receptiveFieldSeconds, tFormat), durationInWords(model.slowReceptiveFieldSeconds, tFormat))],
          [TEXT.lookahead, durationInWords(model.lookaheadSeconds, tFormat)],
          [TEXT.shape, TEXT.shapeText(countText(model.layers, locale), countText(model.channels, locale))],
          [TEXT.size, bytesText(bytes, locale)],
        ]}
      />
      <details className="mt-2 text-sm">
        <summary className="flex min-h-11 w-fit cursor-pointer items-center text-ink-soft underline underline-offset-3">{TEXT.files}</summary>
        <DataTable label={TEXT.files} columns={TEXT.fileColumns}>
          {model.files.map(({ name, bytes: own, sha256 }) => (
            <DataRow key={name}>
              <DataCell isHead>{name}</DataCell>
              <DataCell isNumber>{bytesText(own, locale)}</DataCell>
              <DataCell><code className="text-[0.8125rem]">{sha256}</code></DataCell>
            </DataRow>
          ))}
        </DataTable>
      </details>
    </>
  )
}
