// npm test. Old versions of Node can read this file, so that they can say what is missing; the rest is loaded after the check.
import { checkNode } from './setup/check-node.mjs'

if (checkNode()) {
  import('./testing/test-run.mjs').then(function (testing) {
    return testing.runTests()
  })
}
