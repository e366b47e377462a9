import { readdir } from 'node:fs/promises';
import { hasCode } from '#libs/errors';
import { hostFolder } from '../host-folder.js';
import { lockHolder } from '../tenants/tenant-lock.js';
import { ok, warning } from './finding.js';
import type { HostCheck } from './host-subject.js';

/** A lock whose holder is gone tells of a run that was killed in the middle. */
export const hostLocks: HostCheck = {
  id: 'locks',
  title: 'Runs that were killed',
  run: async ({ config }) => {
    const names = await locks(config.root);
    const holders = await Promise.all(
      names.map(async (slug) => ({ slug, holder: await lockHolder(config.root, slug) })),
    );
    return holders.length === 0
      ? [ok('no tenant is locked')]
      : holders.map(({ slug, holder }) =>
          holder === undefined
            ? warning(
                `a run on ${slug} was killed in the middle`,
                `wattfleet audit --tenant ${slug} says which: run it again; it clears the lock away itself`,
              )
            : ok(`${slug} is held by ${holder}`),
        );
  },
};

async function locks(root: string): Promise<string[]> {
  try {
    const names = await readdir(hostFolder(root, 'locks'));
    return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
