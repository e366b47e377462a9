import { benchFleet } from './fleet.js';
import type { BenchOptions } from './options.js';
import { benchParse } from './parse.js';

/** `npm run bench -- <name>`; each prints its own result. */
const benches: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  fleet: benchFleet,
  parse: benchParse,
};

const usage = 64;

async function main(args: readonly string[]): Promise<number> {
  const flags = new Set(args.filter((argument) => argument.startsWith('--')));
  const [name = '', ...rest] = args.filter((argument) => !argument.startsWith('--'));
  const unknown = [...flags].find((flag) => flag !== '--json' && flag !== '--quick');
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (bench === undefined || unknown !== undefined || rest.length > 0) {
    console.error('usage: npm run bench -- <name> [--json] [--quick]');
    console.error(`benches: ${Object.keys(benches).join(', ')}`);
    return usage;
  }
  await bench({ json: flags.has('--json'), quick: flags.has('--quick') });
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
