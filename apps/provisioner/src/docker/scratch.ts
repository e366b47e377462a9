import type { Docker } from './docker.js';

/** On containers that work for a tenant and are no part of its stack: each is gone when its work is done. */
const scratchLabel = (slug: string) => `wattfleet.scratch=${slug}`;

/** Removes what a run that was killed has left working, with its data. */
export async function removeScratch(docker: Docker, slug: string): Promise<void> {
  const filter = `label=${scratchLabel(slug)}`;
  const ids = await docker.run(['ps', '--all', '--quiet', '--no-trunc', '--filter', filter]);
  if (ids !== '') await docker.run(['rm', '--force', '--volumes', ...ids.split('\n')]);
}

/** A container that can do nothing but what it is for: no network, no privilege, gone when it ends. */
export function scratchRun(slug: string, ...options: string[]): string[] {
  return [
    'run',
    '--rm',
    `--label=${scratchLabel(slug)}`,
    '--network=none',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    '--pids-limit=200',
    // What passes through its output is data and would fill the engine's log.
    '--log-driver=none',
    ...options,
  ];
}
