import { stat } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '#libs/errors';
import { error, ok, type Found } from './finding.js';
import type { TenantCheck } from './tenant-subject.js';

/** What holds secrets, and the bits that nobody but its owner may have. */
const closed = [
  { name: '.env', forbidden: 0o077 },
  { name: 'secrets', forbidden: 0o077 },
  { name: '.', forbidden: 0o007 },
];

/** No other user of the host can read the tenant's secrets. */
export const permissions: TenantCheck = {
  id: 'permissions',
  title: 'Secrets are closed to other users of the host',
  run: async ({ tenant }) => {
    const found = await Promise.all(closed.map((entry) => findOpen(tenant.folder, entry)));
    const open = found.flat();
    return open.length > 0 ? open : [ok('.env and secrets/ are for their owner alone')];
  },
};

async function findOpen(folder: string, { name, forbidden }: (typeof closed)[number]): Promise<Found[]> {
  const file = path.join(folder, name);
  try {
    const mode = (await stat(file)).mode & 0o777;
    if ((mode & forbidden) === 0) return [];
    const wanted = (mode & ~forbidden).toString(8).padStart(4, '0');
    return [
      error(
        `${file} has mode ${mode.toString(8).padStart(4, '0')}: others can read it`,
        `chmod ${wanted} ${file}`,
      ),
    ];
  } catch (cause) {
    // Told by the check of the files.
    if (hasCode(cause, 'ENOENT')) return [];
    throw cause;
  }
}
