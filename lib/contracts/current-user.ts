export const ROLES = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Who is asking, with the rights as the database has them now (never as a token remembers them). */
export interface CurrentUser {
  id: string
  username: string
  role: Role
  /** Whether the role reaches every site or only those the user is a member of. */
  siteScope: 'all' | 'member'
  /** Of an API key: the permissions it was given, of which the role must still have each. Absent where a person logged in. */
  scopes?: readonly string[]
}
