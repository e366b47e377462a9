import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readOptions } from './options.js';
import { isComplete, showTable, summarise, type Findings } from './summary.js';

const signIn = { url: 'http://127.0.0.1:4000', email: 'ops@wattfleet.example', password: 'shown-here' };
const findings: Findings = {
  totals: {
    files: 9,
    imported: 8,
    rejected: 1,
    unchanged: 0,
    rows: 3_000,
    points: 22_608,
    rejectedRows: 2,
    rejectedValues: 0,
    measurements: 22_572,
  },
  status: {
    enabled: true,
    url: 'http://127.0.0.1:4000/',
    unsentBatches: 0,
    unsentRows: 0,
    quarantinedBatches: 0,
    quarantinedRows: 0,
    oldestUnsentAt: null,
    sentBatches: 9,
    sentRows: 22_580,
    lastSentAt: null,
    state: 'idle',
    retryAt: null,
    lastError: null,
    reconcile: null,
  },
  fleet: { customers: 1, measurements: 22_572, batches: 9 },
  stackFiles: [],
  seconds: { import: 1.5 },
  signIns: { portal: signIn, admin: signIn },
};

describe('summarise', () => {
  it('counts files, points, what is stored and what Admin sees', () => {
    expect(summarise(findings)).toMatchObject({
      imported: { files: 9, refusedFiles: 1, points: 22_608, rejectedRows: 2 },
      stored: { measurements: 22_572 },
      pushed: { batches: 9, rows: 22_580 },
      fleet: { measurements: 22_572 },
      lost: 0,
      seconds: { import: 1.5 },
    });
  });

  it('is complete only when something was imported and nothing is lost', () => {
    const complete = summarise(findings);
    expect(isComplete(complete)).toBe(true);
    expect(isComplete({ ...complete, lost: 1 })).toBe(false);
    expect(isComplete({ ...complete, lost: -1 })).toBe(false);
    expect(isComplete({ ...complete, stored: { measurements: 0 } })).toBe(false);
    const lacking = { ...findings, fleet: { ...findings.fleet, measurements: 22_571 } };
    expect(isComplete(summarise(lacking))).toBe(false);
  });

  it('is shown as a table with every number', () => {
    const table = stripVTControlCharacters(
      showTable(summarise(findings), readOptions(['--data-dir', '/x'], {})),
    );
    for (const text of [
      '9 files, 1 refused',
      '22,608',
      '22,572 measurements',
      '22,580 rows in 9 batches',
      '/x',
    ]) {
      expect(table).toContain(text);
    }
    expect(table).toMatch(/Lost\s+0\n/);
  });
});
