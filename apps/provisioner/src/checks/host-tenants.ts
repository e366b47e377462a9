import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CodedError, hasCode } from '#libs/errors';
import { readTenant } from '../tenants/tenant.js';
import { error, ok, warning, type Found } from './finding.js';
import type { HostCheck } from './host-subject.js';

/** The files of every tenant can be read, no two have one host name, and nothing half-made lies beside them. */
export const hostTenants: HostCheck = {
  id: 'tenants',
  title: 'Files of the tenants',
  run: async ({ config, slugs }) => {
    const found: Found[] = [];
    const hosts = new Map<string, string>();
    for (const slug of slugs) {
      try {
        const { host } = (await readTenant(config, slug)).spec;
        const other = hosts.get(host);
        if (other !== undefined)
          found.push(
            error(
              `${slug} and ${other} have the same host name, ${host}`,
              `correct host in one of the two tenant.yaml`,
            ),
          );
        hosts.set(host, slug);
      } catch (cause) {
        const text = cause instanceof CodedError ? cause.message.split(/\n */).join('; ') : String(cause);
        found.push(error(`${slug}: ${text}`, `wattfleet plan ${slug} says it by line; correct its files`));
      }
    }
    found.push(...(await leftovers(config.root)), ...(await openRoot(config.root)));
    return found.length > 0 ? found : [ok(`tenants whose files can be read: ${slugs.length}`)];
  },
};

/** Drafts of runs that were killed: they hold secrets that nobody uses. */
async function leftovers(root: string): Promise<Found[]> {
  const names = await readdir(root).catch((cause: unknown) => {
    if (hasCode(cause, 'ENOENT')) return [];
    throw cause;
  });
  return names
    .filter((name) => /^\.[a-z][a-z0-9-]*\.new-\d+$/.test(name))
    .map((name) =>
      warning(
        `${name} was left by a run that was killed`,
        `rm -r ${path.join(root, name)} when no run is on`,
      ),
    );
}

async function openRoot(root: string): Promise<Found[]> {
  const mode = await stat(root).then(
    (state) => state.mode & 0o777,
    () => 0,
  );
  return (mode & 0o002) === 0 ? [] : [error(`anybody can write ${root}`, `chmod o-w ${root}`)];
}
