// npm start. Old versions of Node can read this file, so that they can say what is missing; the rest is loaded after the check.
import { checkNode } from './setup/check-node.mjs'

if (checkNode()) {
  import('./setup/start-application.mjs').then(function (application) {
    return application.startApplication(process.argv.slice(2))
  })
}
