import { Moment } from '@/components/format/moment'
import { durationInWords } from '@/components/format/quantities'
import { Badge } from '@/components/ui/badge'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle, Section } from '@/components/ui/section'
import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { KnownModelVersion, ModelRegistry } from '@/lib/contracts/model-registry'
import { DataCell, DataRow, DataTable, FactList } from '../fact-list'
import { bytesText, countText } from '../figures'
import { AccuracyTable } from './accuracy-table'
import { HeadList } from './head-list'
import { ModelCard } from './model-card'

const TEXT = {
  title: 'Models',
  intro: 'The model that takes the mains apart, what is known of its accuracy, and what homes learned on top of it.',
  model: 'In the model folder',
  noModel: 'Without a model no appliance is estimated; readings are stored all the same.',
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

function ModelFacts({ model, locale }: { model: NonNullable<ModelRegistry['model']>; locale: string }) {
  const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <>
      <FactList
        className="mt-3"
        facts={[
          [TEXT.version, `${model.name} ${model.version}`],
          [TEXT.window, durationInWords(model.windowSeconds)],
          [TEXT.sight, TEXT.sightText(durationInWords(model.receptiveFieldSeconds), durationInWords(model.slowReceptiveFieldSeconds))],
          [TEXT.lookahead, durationInWords(model.lookaheadSeconds)],
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
