import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../../scripts/demo/summary.js';
import { DemoProgram, freePorts, runOnce, type DemoPorts } from '../programs/demo-program.js';

/** When the program is killed: so long after so many of its steps were done. */
const moments = [
  { steps: 0, afterMs: 150, what: 'while the stack is rendered' },
  { steps: 1, afterMs: 400, what: 'while Admin’s database is made' },
  { steps: 1, afterMs: 1_800, what: 'while Admin’s database is prepared' },
  { steps: 2, afterMs: 20, what: 'while the customer is registered' },
  { steps: 3, afterMs: 5, what: 'while meter files are copied' },
  { steps: 4, afterMs: 1_200, what: 'while the portal starts' },
  { steps: 5, afterMs: 100, what: 'when the import has begun' },
  { steps: 5, afterMs: 500, what: 'in the middle of the import' },
  { steps: 5, afterMs: 1_000, what: 'late in the import, with pushes under way' },
  { steps: 6, afterMs: 20, what: 'in the push' },
];

const root = mkdtempSync(path.join(tmpdir(), 'wattfleet-kill-'));
let ports: DemoPorts;
let expected: object;

/** What must not depend on how often the program was killed; batches may be sent again, so they are not in it. */
function counts({ imported, stored, pushed, fleet, lost }: Summary): object {
  return { imported, stored, pushedRows: pushed.rows, fleet, lost };
}

beforeAll(async () => {
  ports = await freePorts();
  expected = counts(await runOnce(path.join(root, 'undisturbed'), ports));
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('npm start, killed with kill -9 and started again', () => {
  it('has something to lose', () => {
    expect(expected).toMatchObject({ lost: 0, imported: { files: 12 }, stored: { measurements: 76_032 } });
  });

  it.each(moments.map((moment, index) => ({ ...moment, everything: index % 2 === 0 })))(
    'ends with the same counts when killed $what',
    async ({ steps, afterMs, everything }) => {
      const folder = path.join(root, `${steps}-${afterMs}`);
      const program = new DemoProgram(folder, ports, ['--once', '--json']);
      while (program.stepsDone < steps) {
        expect(program.stderr).not.toContain('error');
        await delay(2);
      }
      await delay(afterMs);
      program.killHard(everything);
      await program.exit();
      expect(counts(await runOnce(folder, ports))).toEqual(expected);
    },
  );

  it('imports nothing twice when it is run again on the same data', async () => {
    expect(counts(await runOnce(path.join(root, 'undisturbed'), ports))).toEqual(expected);
  });
});
