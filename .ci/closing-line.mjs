// Sums vitest's JSON reports of all suites: `node .ci/closing-line.mjs <folder>`, one folder below it per suite.
// A test counts once per suite that ran it; it counts as skipped when it ran in none. Ends on `N passed, N failed`.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
/** The real meter files lie outside of the repository; no other test may be skipped in CI. */
const mayBeSkipped = /real meter|real files/i;

let passed = 0;
let failed = 0;
const ran = new Set();
const notRun = new Set();
const failures = [];
for (const suite of readdirSync(folder)) {
  for (const report of readReports(suite)) {
    passed += report.numPassedTests;
    // A file that cannot even be loaded has no tests that could fail.
    failed += report.success ? report.numFailedTests : Math.max(report.numFailedTests, 1);
    for (const { name, assertionResults } of report.testResults) {
      for (const { fullName, status, failureMessages } of assertionResults) {
        if (status === 'failed')
          failures.push(`failed in ${suite}: ${fullName}\n  ${firstLine(failureMessages)}`);
        const isRun = status === 'passed' || status === 'failed';
        (isRun ? ran : notRun).add(`${path.relative('.', name)}: ${fullName}`);
      }
    }
  }
}

const skipped = [...notRun].filter((test) => !ran.has(test));
const refused = skipped.filter((test) => !mayBeSkipped.test(test));
for (const test of skipped) console.log(`skipped: ${test}`);
for (const failure of failures) console.log(failure);
if (refused.length > 0) console.log(`${refused.length} of these must not be skipped here`);
console.log(`\n${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed + refused.length > 0 || passed === 0 ? 1 : 0);

function firstLine(messages) {
  return (messages?.[0] ?? '').split('\n')[0];
}

/** A suite that left no report has failed. */
function readReports(suite) {
  const files = readdirSync(path.join(folder, suite)).filter((name) => name.endsWith('.json'));
  if (files.length === 0) {
    console.log(`${suite}: left no report`);
    failed += 1;
  }
  return files.map((name) => JSON.parse(readFileSync(path.join(folder, suite, name), 'utf8')));
}
