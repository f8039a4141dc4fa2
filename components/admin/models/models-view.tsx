import { Moment } from '@/components/format/moment'
import { getTranslations } from '@/components/i18n/server-translations'
import { Badge } from '@/components/ui/badge'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle, Section } from '@/components/ui/section'
import type { KnownModelVersion, ModelRegistry } from '@/lib/contracts/model-registry'
import { DataCell, DataRow, DataTable } from '../fact-list'
import { countText } from '../figures'
import { AccuracyTable } from './accuracy-table'
import { HeadList } from './head-list'
import { ModelCard } from './model-card'
import { ModelFacts } from './model-facts'

interface ModelsViewProps {
  registry: ModelRegistry
  card: string | null
  locale: string
}

/** The model registry. */
export async function ModelsView({ registry, card, locale }: ModelsViewProps) {
  const t = await getTranslations('adminModels')
  const { model, problem, versions, accuracy, accuracyOf, heads } = registry
  return (
    <>
      <PageTitle title={t('title')} text={t('text')} />
      <Section id="model" title={t('model.title')}>
        <div className="mt-3"><ProblemNote text={problem && t('model.none', { problem })} /></div>
        {model && <ModelFacts model={model} locale={locale} />}
      </Section>
      <Section
        id="accuracy"
        title={t('accuracy.title')}
        text={accuracyOf ? t('accuracy.text', { version: accuracyOf }) : t('accuracy.none')}
      >
        {accuracyOf && model && accuracyOf !== model.version && (
          <p className="mt-2 text-warn">{t('accuracy.otherVersion')}</p>
        )}
        {accuracyOf && <AccuracyTable accuracy={accuracy} locale={locale} />}
      </Section>
      <Section id="versions" title={t('versions.title')} text={t('versions.text')}>
        {versions.length === 0 && <p className="mt-3 text-ink-soft">{t('versions.none')}</p>}
        {versions.length > 0 && <Versions versions={versions} locale={locale} />}
      </Section>
      <Section id="heads" title={t('heads.title')} text={t('heads.text')}>
        <HeadList heads={heads} locale={locale} />
      </Section>
      <Section id="card" title={t('card.title')}>
        {card ? (
          <details>
            <summary className="flex min-h-11 w-fit cursor-pointer items-center text-accent underline underline-offset-3">
              {t('card.show')}
            </summary>
            <ModelCard markdown={card} tableName={t('card.table')} />
          </details>
        ) : (
          <p className="mt-3 text-ink-soft">{t('card.none')}</p>
        )}
      </Section>
    </>
  )
}

async function Versions({ versions, locale }: { versions: readonly KnownModelVersion[]; locale: string }) {
  const t = await getTranslations('adminModels.versions')
  const columns = [
    { name: t('table.version') },
    { name: t('table.firstRun') },
    { name: t('table.buildings'), isNumber: true },
    { name: t('table.heads'), isNumber: true },
    { name: t('table.inEffect'), isNumber: true },
  ]
  return (
    <DataTable label={t('title')} columns={columns}>
      {versions.map(({ id, name, version, firstRunAt, isCurrent, buildings, heads, activeHeads }) => (
        <DataRow key={id}>
          <DataCell isHead className="whitespace-nowrap">
            {name} {version} {isCurrent && <Badge tone="accent" className="ml-1">{t('inUse')}</Badge>}
          </DataCell>
          <DataCell className="figures whitespace-nowrap"><Moment at={firstRunAt} locale={locale} /></DataCell>
          <DataCell isNumber>{countText(buildings, locale)}</DataCell>
          <DataCell isNumber>{countText(heads, locale)}</DataCell>
          <DataCell isNumber>{countText(activeHeads, locale)}</DataCell>
        </DataRow>
      ))}
    </DataTable>
  )
}
