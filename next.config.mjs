/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // A trailing slash is accepted everywhere, without a redirect: clients of WebSockets and POST do not follow one.
  skipTrailingSlashRedirect: true,
  // `npm test` and `npm run typecheck` check the types; who starts the application does not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@bsull/augurs', 'highs', 'node-llama-cpp', 'onnxruntime-node', '@xenova/transformers'],
  async rewrites() {
    return {
      beforeFiles: [
        {
          // Programs that ask for the front page; a browser asks for HTML, or navigates within the application.
          source: '/',
          missing: [
            { type: 'header', key: 'accept', value: '.*text/html.*' },
            { type: 'header', key: 'rsc' },
          ],
          destination: '/api',
        },
      ],
    }
  },
  // The policy of pages has a nonce and comes from proxy.ts.
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'X-Frame-Options', value: 'DENY' },
          { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
          { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
          { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        ],
      },
      {
        // What answers data must never run as a page.
        source: '/api/:path*',
        headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; sandbox" }],
      },
    ]
  },
}
