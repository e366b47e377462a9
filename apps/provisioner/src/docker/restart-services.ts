import { compose } from './compose.js';
import type { Docker } from './docker.js';

/**
 * Makes the containers of these services anew, so that they read their files again, and waits until they are healthy.
 * The others are left alone. (`docker compose up` on its own sees no change in the content of a secret's file.)
 */
export async function restartServices(
  docker: Docker,
  folder: string,
  services: readonly string[],
  waitSeconds: number,
): Promise<void> {
  const anew = ['--detach', '--no-build', '--no-deps', '--force-recreate'];
  const wait = ['--wait', '--wait-timeout', String(waitSeconds)];
  await docker.run(compose(folder, 'up', ...anew, ...wait, ...services));
}
