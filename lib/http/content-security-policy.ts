interface PolicyOptions {
  /** Of this answer alone: scripts that carry it may run. */
  nonce: string
  /** The host the browser asked for, for WebSockets: older browsers do not count those as 'self'. */
  host: string | null
  isDevelopment: boolean
}

/** What a page may load and run: scripts only with the nonce of their answer, everything else only from here. */
export function contentSecurityPolicy({ nonce, host, isDevelopment }: PolicyOptions): string {
  const sockets = host && /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) ? ` ws://${host} wss://${host}` : ''
  return [
    "default-src 'self'",
    // React rebuilds server errors with eval in development.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Charts and tooltips place themselves by style attributes, which no nonce covers.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
