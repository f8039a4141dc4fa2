import { z } from 'zod'
import { handleOpen } from '@/lib/http/handler'
import { Problem } from '@/lib/http/problem'
import { withContract } from '@/lib/http/route-contract'

export const dynamic = 'force-dynamic'

/** What no route answers, in the form of every other error instead of as a page. */
const answerNotFound = handleOpen({
  answer: z.never(),
  async run({ request }) {
    throw new Problem(404, `There is no ${new URL(request.url).pathname}. What there is, is at /docs.`)
  },
})
const fallback = withContract(answerNotFound, { access: 'open', answer: z.never(), isFallback: true })

export { fallback as GET, fallback as POST, fallback as PUT, fallback as PATCH, fallback as DELETE }
