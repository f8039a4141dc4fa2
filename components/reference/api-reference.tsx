import Link from 'next/link'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { type ApiDocument, type ApiSchema, describeSchema, fieldsOf, groupByTag, type OperationEntry } from './api-document'

/** The API to read: rendered on the server, without a script. */
export function ApiReference({ document }: { document: ApiDocument }) {
  const groups = [...groupByTag(document)]
  return (
    <div className="mx-auto max-w-[82rem] gap-8 px-4 py-8 sm:px-6 lg:grid lg:grid-cols-[16rem_minmax(0,1fr)]">
      <nav aria-label="Operations" className="mb-8 text-sm lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto">
        {groups.map(([tag, operations]) => (
          <div key={tag} className="mb-4">
            <p className="font-semibold">{tag}</p>
            <ul>
              {operations.map(({ method, path, operation }) => (
                <li key={operation.operationId}>
                  <a href={`#${operation.operationId}`} className="block py-0.5 text-ink-soft hover:text-ink hover:underline">
                    {operation.summary ?? `${method} ${path}`}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <main id="content" className="min-w-0">
        <h1 className="text-2xl font-semibold tracking-[-0.02em]">{document.info.title} API</h1>
        <p className="mt-2">
          <Link href="/docs" prefetch={false} className="text-accent underline">Try it out</Link>
          {' · '}
          <Link href="/api/openapi.json" prefetch={false} className="text-accent underline">OpenAPI 3.1</Link>
        </p>
        <Prose text={document.info.description} />
        {groups.map(([tag, operations]) => (
          <section key={tag} aria-labelledby={`tag-${tag}`} className="mt-10">
            <h2 id={`tag-${tag}`} className="text-xl font-semibold">{tag}</h2>
            {operations.map((entry) => <Operation key={entry.operation.operationId} {...entry} />)}
          </section>
        ))}
        <section aria-labelledby="shared-parts" className="mt-10">
          <h2 id="shared-parts" className="text-xl font-semibold">Shared parts</h2>
          {Object.entries(document.components.schemas).map(([name, schema]) => (
            <Card key={name} className="mt-4 p-5">
              <h3 className="font-semibold">{name}</h3>
              <Fields schema={schema} />
            </Card>
          ))}
        </section>
      </main>
    </div>
  )
}

function Operation({ method, path, operation }: OperationEntry) {
  const answers = Object.entries(operation.responses)
  return (
    <Card className="mt-4 p-5">
      <h3 id={operation.operationId} className="scroll-mt-6 font-semibold">{operation.summary ?? `${method} ${path}`}</h3>
      <p className="mt-1 font-mono text-sm break-all">
        <span className="font-semibold text-accent">{method}</span> {path}
      </p>
      <Prose text={operation.description} />
      {operation.parameters.length > 0 && (
        <Part title="Parameters">
          <dl>
            {operation.parameters.map(({ name, in: place, required, schema }) => (
              <Field key={`${place} ${name}`} name={name} note={`${place}${required ? '' : ', optional'}`} schema={schema} />
            ))}
          </dl>
        </Part>
      )}
      {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
        <Part key={type} title={`Body, ${type}`}><Fields schema={schema} /></Part>
      ))}
      {answers.map(([status, { content }]) =>
        Object.entries(content ?? {}).map(([type, { schema }]) => (
          <Part key={`${status} ${type}`} title={`Answers ${status}, ${type}`}><Fields schema={schema} /></Part>
        )),
      )}
      <p className="mt-4 text-sm text-ink-soft">
        Statuses: {answers.map(([status]) => status).join(', ')}
      </p>
    </Card>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-4">
      <h4 className="text-sm font-semibold text-ink-soft">{title}</h4>
      {children}
    </div>
  )
}

function Fields({ schema }: { schema: ApiSchema }) {
  const fields = fieldsOf(schema)
  if (fields.length === 0) return <p className="text-sm">{describeSchema(schema)}</p>
  return (
    <dl>
      {fields.map(({ name, isRequired, schema: field }, index) => (
        <Field key={`${name} ${index}`} name={name} note={isRequired ? '' : 'optional'} schema={field} />
      ))}
    </dl>
  )
}

function Field({ name, note, schema }: { name: string; note: string; schema: ApiSchema }) {
  const inner = fieldsOf(schema)
  return (
    <div className="border-t border-line py-1.5 first:border-t-0">
      <dt className="font-mono text-sm">
        {name} <span className="font-sans text-ink-soft">{note}</span>
      </dt>
      <dd className="text-sm break-words text-ink-soft">
        {describeSchema(schema)}
        {schema.description && ` · ${schema.description}`}
        {inner.length > 0 && (
          <details className="mt-1 border-l-2 border-line pl-3">
            <summary className="cursor-pointer">{inner.length} fields</summary>
            <Fields schema={schema} />
          </details>
        )}
      </dd>
    </div>
  )
}

/** The little Markdown the descriptions use: paragraphs, **strong** and `code`. */
function Prose({ text }: { text: string }) {
  return text.split(/\n{2,}/).map((paragraph, index) => (
    <p key={index} className="mt-2 max-w-prose text-ink-soft">
      {paragraph.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((piece, at) => {
        if (piece.startsWith('**')) return <strong key={at}>{piece.slice(2, -2)}</strong>
        if (piece.startsWith('`')) return <code key={at} className="font-mono text-sm">{piece.slice(1, -1)}</code>
        return piece
      })}
    </p>
  ))
}
