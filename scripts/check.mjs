// `npm run check`: everything that is wrong without running a test. All parts run, so that one look shows all of it.
import { spawnSync } from 'node:child_process';

/** @type {[name: string, command: string[]][]} */
const parts = [
  ['format', ['oxfmt', '--check', '.']],
  ['lint', ['oxlint', '--type-aware', '--deny-warnings']],
  ['types of the servers', ['tsc', '-p', 'tsconfig.json']],
  ['types of the web apps', ['tsc', '-p', 'tsconfig.web.json']],
  [
    'boundaries',
    ['depcruise', '--config', 'dependency-cruiser.config.mjs', 'apps', 'libs', 'scripts', 'test'],
  ],
  ['unused code and dependencies', ['knip']],
  ['generated files', ['node', 'dist/scripts/generate/main.js', '--check']],
];

const failed = [];
for (const [name, [program, ...args]] of parts) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(name);
  console.log(`${stdout}${stderr}`.trimEnd().replaceAll(/^/gm, '       '));
}
if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(', ')}`);
  process.exit(1);
}
