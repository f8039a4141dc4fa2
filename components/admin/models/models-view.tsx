import { Moment } from '@/components/format/moment'
import { Badge } from '@/components/ui/badge'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle, Section } from '@/components/ui/section'
import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { KnownModelVersion, ModelRegistry } from '@/lib/contracts/model-registry'
import { DataCell, DataRow, DataTable } from '../fact-list'
import { countText } from '../figures'
import { AccuracyTable } from './accuracy-table'
import { HeadList } from './head-list'
import { ModelCard } from './model-card'
import { ModelFacts } from './model-facts'

const TEXT = {
  title: 'Models',
  intro: 'The model that takes the mains apart, what is known of its accuracy, and what homes learned on top of it.',
  model: 'In the model folder',
  noModel: 'Without a model no appliance is estimated; readings are stored all the same.',
  accuracy: 'Accuracy by appliance',
  accuracyText: (version: string) => `Of version ${version}, on homes it never saw, pooled over all that were measured.`,
  noReport: 'The model comes without a report.',
  otherReport: 'The report is of another version than the model beside it.',
  versions: 'Versions that ran here',
  versionsText: 'Estimates carry the version that made them. Every version stays known as long as the database does.',
  noVersions: 'No worker has run a model yet.',
  versionColumns: [
    { name: 'Version' },
    { name: 'First run' },
    { name: 'Buildings', isNumber: true },
    { name: 'Heads', isNumber: true },
    { name: 'In effect', isNumber: true },
  ],
  current: 'In use',
  heads: 'Heads of homes',
  headsText: 'What homes learned from their labels, newest first. Each takes effect only if it is better on runs it had not seen.',
  card: 'Model card',
  noCard: 'The model comes without a card.',
  showCard: 'Show the card with its figures',
} as const

interface ModelsViewProps {
  registry: ModelRegistry
  card: string | null
  locale: string
}

/** The model registry. */
export function ModelsView({ registry, card, locale }: ModelsViewProps) {
  const { model, problem, versions, accuracy, accuracyOf, heads } = registry
  return (
    <>
      <PageTitle title={TEXT.title} text={TEXT.intro} />
      <Section id="model" title={TEXT.model}>
        <div className="mt-3"><ProblemNote text={problem && `${problem} ${TEXT.noModel}`} /></div>
        {model && <ModelFacts model={model} locale={locale} />}
      </Section>
      <Section id="accuracy" title={TEXT.accuracy} text={accuracyOf ? TEXT.accuracyText(accuracyOf) : TEXT.noReport}>
        {accuracyOf && model && accuracyOf !== model.version && <p className="mt-2 text-warn">{TEXT.otherReport}</p>}
        {accuracyOf && <AccuracyTable accuracy={accuracy} labels={APPLIANCE_LABELS} locale={locale} />}
      </Section>
      <Section id="versions" title={TEXT.versions} text={TEXT.versionsText}>
        {versions.length === 0 ? <p className="mt-3 text-ink-soft">{TEXT.noVersions}</p> : <Versions versions={versions} locale={locale} />}
      </Section>
      <Section id="heads" title={TEXT.heads} text={TEXT.headsText}>
        <HeadList heads={heads} labels={APPLIANCE_LABELS} locale={locale} />
      </Section>
      <Section id="card" title={TEXT.card}>
        {card ? (
          <details>
            <summary className="flex min-h-11 w-fit cursor-pointer items-center text-accent underline underline-offset-3">
              {TEXT.showCard}
            </summary>
            <ModelCard markdown={card} />
          </details>
        ) : (
          <p className="mt-3 text-ink-soft">{TEXT.noCard}</p>
        )}
      </Section>
    </>
  )
}

function Versions({ versions, locale }: { versions: readonly KnownModelVersion[]; locale: string }) {
  return (
    <DataTable label={TEXT.versions} columns={TEXT.versionColumns}>
      {versions.map(({ id, name, version, firstRunAt, isCurrent, buildings, heads, activeHeads }) => (
        <DataRow key={id}>
          <DataCell isHead className="whitespace-nowrap">
            {name} {version} {isCurrent && <Badge tone="accent" className="ml-1">{TEXT.current}</Badge>}
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
