import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CodedError, hasCode } from '#libs/errors';
import { formatSubnet, freeSubnet, parseSubnet } from '#libs/stack';
import { hostFolder } from '../host-folder.js';
import { withTenantLock } from '../tenants/tenant-lock.js';

/** Ranges by the names of their networks. */
export type Subnets = Readonly<Record<string, string>>;

const entrySchema = z.object({
  network: z.string(),
  /** Null when the range was given back. */
  subnet: z.string().nullable(),
});

const fileName = 'subnets.jsonl';
/** No tenant can be called so. */
const lockName = '_subnets';
/** The file as it was last read: a run over a thousand tenants asks a thousand times. */
const lastRead = new Map<string, { version: string; subnets: Map<string, string> }>();

/** The ranges given out below the root. A network keeps its range whatever host.yaml says later. */
export async function readSubnets(root: string): Promise<Map<string, string>> {
  const file = hostFolder(root, fileName);
  try {
    const { mtimeMs, size, ino } = await stat(file);
    const version = `${ino} ${mtimeMs} ${size}`;
    const known = lastRead.get(file);
    if (known?.version === version) return known.subnets;
    const subnets = parseEntries(await readFile(file, 'utf8'));
    lastRead.set(file, { version, subnets });
    return subnets;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return new Map();
    throw error;
  }
}

/** The ranges of these networks, given out now where they have none. @throws CodedError ADDRESSES_EXHAUSTED */
export async function reserveSubnets(
  root: string,
  pool: string,
  wanted: readonly { name: string; prefix: number }[],
): Promise<Subnets> {
  const had = await readSubnets(root);
  if (wanted.every(({ name }) => had.has(name))) return chosen(had, wanted);
  return alone(root, async () => {
    const { all, fresh } = giveOut(await readSubnets(root), pool, wanted);
    await append(root, fresh);
    return chosen(all, wanted);
  });
}

/** What `reserveSubnets` would answer. Writes nothing. */
export async function previewSubnets(
  root: string,
  pool: string,
  wanted: readonly { name: string; prefix: number }[],
): Promise<Subnets> {
  return chosen(giveOut(await readSubnets(root), pool, wanted).all, wanted);
}

/** Gives back the ranges of networks that are no more, for others. */
export async function releaseSubnets(root: string, networks: readonly string[]): Promise<void> {
  const had = await readSubnets(root);
  const gone = networks.filter((network) => had.has(network));
  if (gone.length === 0) return;
  await alone(root, () =>
    append(
      root,
      gone.map((network) => ({ network, subnet: null })),
    ),
  );
}

function giveOut(
  had: ReadonlyMap<string, string>,
  pool: string,
  wanted: readonly { name: string; prefix: number }[],
) {
  const all = new Map(had);
  const used = [...all.values()].map(parseSubnet);
  const fresh: { network: string; subnet: string }[] = [];
  for (const { name, prefix } of wanted) {
    if (all.has(name)) continue;
    const found = freeSubnet(parseSubnet(pool), prefix, used);
    if (found === undefined) {
      throw new CodedError('ADDRESSES_EXHAUSTED', { detail: `${pool} has no /${prefix} left for ${name}` });
    }
    used.push(found);
    all.set(name, formatSubnet(found));
    fresh.push({ network: name, subnet: formatSubnet(found) });
  }
  return { all, fresh };
}

function chosen(all: ReadonlyMap<string, string>, wanted: readonly { name: string }[]): Subnets {
  return Object.fromEntries(wanted.map(({ name }) => [name, all.get(name) ?? '']));
}

async function append(root: string, entries: readonly z.infer<typeof entrySchema>[]): Promise<void> {
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  // Begins with a line break: a line that a full disk has cut off does not take the next one with it.
  await appendFile(hostFolder(root, fileName), `\n${lines}`, { mode: 0o640, flush: true });
}

function parseEntries(text: string): Map<string, string> {
  const subnets = new Map<string, string>();
  for (const line of text.split('\n')) {
    const entry = entrySchema.safeParse(parseLine(line)).data;
    if (entry?.subnet === null) subnets.delete(entry.network);
    else if (entry !== undefined) subnets.set(entry.network, entry.subnet);
  }
  return subnets;
}

function parseLine(line: string): unknown {
  try {
    return line === '' ? undefined : JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Does `work` while no other run gives out ranges: it takes milliseconds, so the others wait. */
async function alone<T>(root: string, work: () => Promise<T>): Promise<T> {
  await mkdir(hostFolder(root), { recursive: true, mode: 0o750 });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withTenantLock(root, lockName, 'giving out addresses', work);
    } catch (error) {
      const isHeld = error instanceof CodedError && error.code === 'TENANT_LOCKED';
      if (!isHeld || attempt >= 400) throw error;
      await sleep(10 + Math.random() * 40);
    }
  }
}
