const isDevelopment = process.env.NODE_ENV === 'development'

// Next places small inline scripts of its own, and the theme is set by one before the first paint.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // A trailing slash is accepted everywhere, without a redirect: clients of WebSockets and POST do not follow one.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ['onnxruntime-node'],
  async rewrites() {
    return [
      { source: '/health', destination: '/api/health' },
      { source: '/health/:path*', destination: '/api/health/:path*' },
      { source: '/auth/login', destination: '/api/auth/login' },
      { source: '/auth/test', destination: '/api/auth/test' },
    ]
  },
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'Content-Security-Policy', value: contentSecurityPolicy },
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'X-Frame-Options', value: 'DENY' },
          { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
          { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
        ],
      },
    ]
  },
}
