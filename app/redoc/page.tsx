import type { Metadata } from 'next'
import { declaredRoutes } from '@/app/api/openapi.json/declared-routes'
import type { ApiDocument } from '@/components/reference/api-document'
import { ApiReference } from '@/components/reference/api-reference'
import { openApiDocument } from '@/lib/http/openapi'

export const metadata: Metadata = { title: 'API reference' }

export default async function ReferencePage() {
  const document: unknown = openApiDocument(await declaredRoutes())
  return <ApiReference document={document as ApiDocument} />
}
