'use client'

import { useTranslations } from 'use-intl'
import { durationInWords } from '@/components/format/quantities'
import type { ModelRegistry } from '@/lib/contracts/model-registry'
import { DataCell, DataRow, DataTable, FactList } from '../fact-list'
import { bytesText, countText } from '../figures'

/** The model as its manifest describes it. */
export function ModelFacts({ model, locale }: { model: NonNullable<ModelRegistry['model']>; locale: string }) {
  const t = useTranslations('adminModels.model')
  const tFormat = useTranslations('format')
  const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <>
      <FactList
        className="mt-3"
        facts={[
          [t('version'), `${model.name} ${model.version}`],
          [t('window'), durationInWords(model.windowSeconds, tFormat)],
          [
            t('sight'),
            t('sightBoth', {
              fast: durationInWords(model.receptiveFieldSeconds, tFormat),
              slow: durationInWords(model.slowReceptiveFieldSeconds, tFormat),
            }),
          ],
          [t('lookahead'), durationInWords(model.lookaheadSeconds, tFormat)],
          [
            t('shape'),
            t('shapeBoth', { layers: countText(model.layers, locale), channels: countText(model.channels, locale) }),
          ],
          [t('size'), bytesText(bytes, locale)],
        ]}
      />
      <details className="mt-2 text-sm">
        <summary className="flex min-h-11 w-fit cursor-pointer items-center text-ink-soft underline underline-offset-3">
          {t('files')}
        </summary>
        <DataTable
          label={t('files')}
          columns={[
            { name: t('fileTable.file') },
            { name: t('fileTable.size'), isNumber: true },
            { name: t('fileTable.sha256') },
          ]}
        >
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
