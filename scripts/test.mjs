// `npm test`, `npm run test:e2e`, `npm run test:stack`: runs vitest, and says by name what this machine made it skip.
// WATTFLEET_NO_SKIP=1 makes a skipped test a failure; WATTFLEET_TEST_REPORT_DIR keeps the JSON report.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const suites = {
  test: ['unit', 'integration', 'faults'],
  e2e: ['e2e'],
  stack: ['stack'],
};

const [first, ...others] = process.argv.slice(2);
const suite = Object.hasOwn(suites, first ?? '') ? first : 'test';
const given = suite === first ? others : process.argv.slice(2);
const projects = given.includes('--project') ? [] : suites[suite].flatMap((name) => ['--project', name]);
const folder = process.env.WATTFLEET_TEST_REPORT_DIR ?? mkdtempSync(path.join(tmpdir(), 'wattfleet-test-'));
mkdirSync(folder, { recursive: true });
const report = path.join(folder, `${suite}.json`);
const args = [
  'run',
  ...projects,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...given,
];
const { status } = spawnSync('vitest', args, { stdio: 'inherit' });

const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
const skipped = testResults
  .flatMap((file) => file.assertionResults)
  .filter((test) => test.status !== 'passed' && test.status !== 'failed')
  .map((test) => test.fullName);
if (skipped.length > 0)
  console.log(`\nSkipped on this machine:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${suite}: ${numPassedTests} passed, ${numFailedTests} failed, ${skipped.length} skipped`);
const refused = process.env.WATTFLEET_NO_SKIP === '1' && skipped.length > 0;
if (refused) console.log('Nothing may be skipped here (WATTFLEET_NO_SKIP=1).');
process.exit(refused ? 1 : (status ?? 1));
