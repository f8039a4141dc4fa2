export interface Login {
  username: string
  password: string
}

export interface Settings {
  /** Where the application answers, for instance http://127.0.0.1:3000. */
  baseUrl: string
  /** An account without administration that sees at least one site. */
  user: Login
  /** An administrator. */
  admin: Login
  /** The Redis that meters publish to; without it the rows of the Redis contract are left out. */
  redisUrl?: string
  /** An origin that the application allows (CORS_ORIGINS); without it only refusal is checked. */
  origin?: string
}
