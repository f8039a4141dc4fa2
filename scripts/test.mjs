// npm test. Old versions of Node can read this file, so that they can say what is missing; the rest is loaded after the check.
import { checkNode } from './setup/check-node.mjs'

const HELP = [
  'Runs every check and every test: types, lint, unit, integration, crash and browser tests; its last line counts them.',
  '',
  '  npm test',
  '',
  'It has no options. What a part of it is run by:',
  '  npm run typecheck',
  '  npm run lint',
  '  npx vitest run --project unit|integration|crash [FILE]',
  '  npx playwright test [FILE]                  after npm run build',
].join('\n')

const args = process.argv.slice(2)
if (args.indexOf('--help') >= 0 || args.indexOf('-h') >= 0) console.log(HELP)
else if (args.length > 0) {
  console.error('npm test takes no options (' + args.join(' ') + '); npm test -- --help says how to run a part of it.')
  process.exitCode = 2
} else if (checkNode()) {
  import('./testing/test-run.mjs').then(function (testing) {
    return testing.runTests()
  })
}
