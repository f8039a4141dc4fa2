import { acceptWith } from '@/lib/auth/invitations'
import { acceptInvitationSchema } from '@/lib/contracts/accounts'
import { handleOpen, readBody } from '@/lib/http/handler'
import { conflict, invalidField, Problem } from '@/lib/http/problem'

/** Open to whoever holds the link: makes the account it offers. */
export const POST = handleOpen(async (request) => {
  const { token, username, password } = await readBody(request, acceptInvitationSchema)
  const user = await acceptWith(token, username, password)
  if (user === 'no such invitation') {
    throw new Problem(404, 'This invitation was used, withdrawn, or has expired. Ask for a new one.')
  }
  if (user === 'name taken') throw conflict(`There is a user ${username} already. Choose another name.`)
  if ('problem' in user) throw invalidField('body.password', user.problem)
  return Response.json({ id: user.id, username: user.username, role: user.role }, { status: 201 })
})
