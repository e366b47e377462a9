import { parseArgs } from 'node:util';
import { benchAuth } from './auth.js';
import { benchBill } from './bill.js';
import { benchCharts } from './charts.js';
import { benchIngest } from './ingest.js';
import { benchFleet } from './fleet.js';
import { benchImport } from './import.js';
import type { BenchOptions } from './options.js';
import { benchParse } from './parse.js';
import { benchProvision } from './provision.js';
import { benchPush } from './push.js';
import { benchStart } from './start.js';

/** `npm run bench -- <name>`; each prints its own result. */
const benches: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  auth: benchAuth,
  bill: benchBill,
  charts: benchCharts,
  ingest: benchIngest,
  fleet: benchFleet,
  import: benchImport,
  parse: benchParse,
  provision: benchProvision,
  push: benchPush,
  start: benchStart,
};

const usage = 64;

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const bench = options === undefined ? undefined : benches[options.name];
  if (options === undefined || bench === undefined) {
    console.error('usage: npm run bench -- <name> [--json] [--quick] [--seconds <n>] [--rounds <n>]');
    console.error(`benches: ${Object.keys(benches).join(', ')}`);
    return usage;
  }
  await bench(options);
  return 0;
}

function readOptions(args: readonly string[]): (BenchOptions & { name: string }) | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        seconds: { type: 'string' },
        rounds: { type: 'string' },
      },
    });
    const [name = '', ...rest] = positionals;
    const [seconds, rounds] = [values.seconds, values.rounds].map((text) =>
      text === undefined ? undefined : Number(text),
    );
    const areCounts = [seconds, rounds].every(
      (count) => count === undefined || (Number.isInteger(count) && count > 0),
    );
    if (rest.length > 0 || !areCounts || !Object.hasOwn(benches, name)) return undefined;
    return { name, json: values.json, quick: values.quick, seconds, rounds };
  } catch {
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2));
