import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packageRoot } from '#libs/nest-kit';
import type { BenchOptions } from './options.js';
import { cpuSeconds, peakBytes } from './process-stat.js';
import { changeImages, makeFleet, type ProvisionFleet } from './provision-fleet.js';

/** Of issue 5, for a thousand tenants. */
const aim = { planSeconds: 3, applySeconds: 10, listSeconds: 2, megabytes: 200 };

interface Step {
  step: string;
  seconds: number;
  /** Of the processor; beside other work on the machine it says more. */
  cpuSeconds: number;
  /** Highest resident memory. */
  megabytes: number;
  aimSeconds: number;
}

/**
 * How long the provisioner takes over many tenants, as a process of its own with the flags of `npm run wattfleet`, and what
 * it needs of memory.
 */
export async function benchProvision({ json, quick }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const tenants = quick ? 100 : 1_000;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
  try {
    say(`${tenants} tenants …`);
    const fleet = await makeFleet(folder, tenants);
    const steps = await measure(fleet);
    if (json) console.log(JSON.stringify({ tenants, steps, aim }));
    else print(steps);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(fleet: ProvisionFleet): Promise<Step[]> {
  const run = (step: string, aimSeconds: number, ...argv: string[]) => runStep(fleet, step, aimSeconds, argv);
  const steps = [
    await run('plan, all new', aim.planSeconds, 'plan', '--all'),
    await run('apply, all new', aim.applySeconds, 'apply', '--all', '--yes'),
  ];
  const before = await changeTimes(fleet.root);
  steps.push(await run('plan, no changes', aim.planSeconds, 'plan', '--all', '--detailed-exitcode'));
  if ((await changeTimes(fleet.root)) !== before)
    throw new Error('a plan without changes has written something');
  const slugs = (await readdir(fleet.root)).filter((name) => !name.startsWith('.'));
  await changeImages(fleet, slugs);
  return [
    ...steps,
    await run('plan, other images', aim.planSeconds, 'plan', '--all'),
    await run('apply, other images', aim.applySeconds, 'apply', '--all'),
    await run('apply, no changes', aim.applySeconds, 'apply', '--all'),
    await run('list', aim.listSeconds, 'list'),
    await run('status', aim.listSeconds, 'status', '--all'),
  ];
}

async function runStep(
  { root, programs }: ProvisionFleet,
  step: string,
  aimSeconds: number,
  argv: readonly string[],
): Promise<Step> {
  const started = performance.now();
  const program = path.join(packageRoot, 'dist/apps/provisioner/src/main.js');
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', program, ...argv, '--root', root, '--json'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: `${programs}:/usr/bin:/bin` },
    },
  );
  let used = { peakBytes: 0, cpuSeconds: 0 };
  const watch = setInterval(() => (used = usedBy(child.pid ?? 0) ?? used), 20);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`wattfleet ${argv.join(' ')} ended with ${String(code)}`);
  const seconds = (performance.now() - started) / 1_000;
  return { step, seconds, cpuSeconds: used.cpuSeconds, megabytes: used.peakBytes / 1e6, aimSeconds };
}

/** So far; undefined when it has ended meanwhile. */
function usedBy(pid: number): { peakBytes: number; cpuSeconds: number } | undefined {
  try {
    const peak = peakBytes(pid);
    return Number.isNaN(peak) ? undefined : { peakBytes: peak, cpuSeconds: cpuSeconds(pid) };
  } catch {
    return undefined;
  }
}

/** Of every file of every tenant, as one text. */
async function changeTimes(root: string): Promise<string> {
  const names = await readdir(root, { recursive: true });
  const times = await Promise.all(
    names
      .filter((name) => !name.startsWith('.wattfleet'))
      .map(async (name) => {
        const { mtimeMs, ctimeMs } = await stat(path.join(root, name));
        return `${name} ${mtimeMs} ${ctimeMs}`;
      }),
  );
  return times.toSorted().join('\n');
}

function print(steps: readonly Step[]): void {
  for (const { step, seconds, cpuSeconds: cpu, megabytes, aimSeconds } of steps) {
    const figures = `${seconds.toFixed(2).padStart(6)} s (aim ${aimSeconds} s), ${cpu.toFixed(2)} s of CPU`;
    console.log(`${step.padEnd(22)}${figures}, ${megabytes.toFixed(0)} MB (aim ${aim.megabytes} MB)`);
  }
}
