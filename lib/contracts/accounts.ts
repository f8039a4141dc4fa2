import { z } from 'zod'
import { ROLES } from './current-user'
import { lineSchema } from './line'
import { placeIdSchema } from './sites'

const unixSeconds = z.number()
export const roleSchema = z.enum(ROLES)

export const usernameSchema = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u, 'Must be 1 to 64 letters or digits, after the first also . _ @ + -')

export const MIN_PASSWORD_LENGTH = 10
const MAX_PASSWORD_BYTES = 72

export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `Must have at least ${MIN_PASSWORD_LENGTH} characters.`)
  .refine((text) => new TextEncoder().encode(text).length <= MAX_PASSWORD_BYTES, `Must have at most ${MAX_PASSWORD_BYTES} bytes.`)

/** Any text that somebody typed as a name or a password at the log-in, whether it could be right or not. */
export const typedSchema = z.string().min(1).max(1000)

export const loginSchema = z.object({ username: typedSchema, password: typedSchema })

/** The answer of the log-in, as clients of the older services know it. */
export const loginAnswerSchema = z.object({
  /** Goes into `Authorization: Bearer`. */
  access_token: z.string(),
  token_type: z.literal('bearer'),
  user_id: z.string(),
  username: z.string(),
  is_admin: z.boolean(),
})

export const whoAmISchema = z.object({
  user_id: z.string(),
  username: z.string(),
  is_admin: z.boolean(),
  role: roleSchema,
  /** What the credential may do: of an API key its scopes, else all the role may. */
  permissions: z.array(z.string()),
})

export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  role: roleSchema,
  isDisabled: z.boolean(),
  createdAt: unixSeconds,
  lastLoginAt: unixSeconds.nullable(),
  /** The sites the user is a member of; an administrator sees the others as well. */
  sites: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type User = z.infer<typeof userSchema>

const siteIds = z.array(placeIdSchema).max(200)

export const newUserSchema = z.object({
  username: usernameSchema,
  password: newPasswordSchema,
  role: roleSchema,
  /** Sites to become a member of. */
  siteIds: siteIds.default([]),
})
export type NewUser = z.infer<typeof newUserSchema>

export const userChangeSchema = z
  .object({ role: roleSchema.optional(), isDisabled: z.boolean().optional(), siteIds: siteIds.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Give role, isDisabled or siteIds.')
export type UserChange = z.infer<typeof userChangeSchema>

export const siteMemberSchema = userSchema.pick({ id: true, username: true, role: true, isDisabled: true })
export type SiteMember = z.infer<typeof siteMemberSchema>

export const passwordChangeSchema = z.object({ currentPassword: typedSchema, newPassword: newPasswordSchema })

export const sessionSchema = z.object({
  id: z.string(),
  /** browser: of the pages; token: of a program that logged in. */
  kind: z.enum(['browser', 'token']),
  userAgent: z.string(),
  address: z.string(),
  createdAt: unixSeconds,
  /** To the minute. */
  lastSeenAt: unixSeconds,
  expiresAt: unixSeconds,
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
})
export type UserSession = z.infer<typeof sessionSchema>

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** How the key begins, to tell several apart. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: unixSeconds,
  /** null: never. */
  expiresAt: unixSeconds.nullable(),
  isExpired: z.boolean(),
  /** To the minute; null while it was never used. */
  lastUsedAt: unixSeconds.nullable(),
})
export type ApiKey = z.infer<typeof apiKeySchema>

export const newApiKeySchema = z.object({
  name: lineSchema(80).min(1),
  /** What the key may do, of what its owner may. */
  scopes: z.array(z.string().max(100)).min(1).max(100),
  expiresInDays: z.number().int().min(1).max(3650).nullable(),
})
export type NewApiKey = z.infer<typeof newApiKeySchema>

export const createdApiKeySchema = apiKeySchema.extend({
  /** The key itself, shown this once. */
  key: z.string(),
})

export const invitationSchema = z.object({
  id: z.string(),
  role: roleSchema,
  note: z.string(),
  sites: z.array(z.object({ id: z.string(), name: z.string() })),
  createdBy: z.string(),
  createdAt: unixSeconds,
  expiresAt: unixSeconds,
})
export type Invitation = z.infer<typeof invitationSchema>

export const newInvitationSchema = z.object({
  role: roleSchema,
  siteIds: siteIds.default([]),
  /** For whom it is, for the list of open invitations. */
  note: lineSchema(120).default(''),
  expiresInDays: z.number().int().min(1).max(30).default(7),
})
export type NewInvitation = z.infer<typeof newInvitationSchema>

export const createdInvitationSchema = invitationSchema.extend({
  /** Where the invited person chooses a name and a password; shown this once. */
  link: z.string(),
})

export const acceptInvitationSchema = z.object({
  token: z.string().min(1).max(200),
  username: usernameSchema,
  password: newPasswordSchema,
})
