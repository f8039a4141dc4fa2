// In the syntax of old versions of Node, which have to be able to read it.
var OLDEST = [20, 19]

/** Whether this Node can run the project; if not, says so and sets the exit code. */
export function checkNode() {
  var version = process.versions.node.split('.').map(Number)
  if (version[0] > OLDEST[0] || (version[0] === OLDEST[0] && version[1] >= OLDEST[1])) return true
  console.error(
    'Undercurrent needs Node ' + OLDEST.join('.') + ' or newer and this is ' + process.versions.node + '; install it from https://nodejs.org and start again.',
  )
  process.exitCode = 1
  return false
}
