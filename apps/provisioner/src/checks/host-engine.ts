import { error, ok, warning, type Found } from './finding.js';
import type { HostCheck } from './host-subject.js';

/** The oldest with everything the stacks ask for; what is older was not tried. */
const oldest = { engine: [20, 10], compose: [2, 20] };

/** There is an engine that answers, and Compose v2, both young enough. */
export const hostEngine: HostCheck = {
  id: 'engine',
  title: 'Docker Engine and Compose',
  run: async ({ docker }) => {
    const engine = await docker.run(['version', '--format', '{{.Server.Version}}'], { timeoutSeconds: 30 });
    return [judge('Docker Engine', engine, oldest.engine), await composeVersion(docker)];
  },
};

async function composeVersion(docker: Parameters<HostCheck['run']>[0]['docker']): Promise<Found> {
  try {
    const version = await docker.run(['compose', 'version', '--short'], { timeoutSeconds: 30 });
    return judge('Docker Compose', version.replace(/^v/, ''), oldest.compose);
  } catch {
    return error(
      'there is no Docker Compose v2',
      'install docker-compose-plugin; `docker compose version` must answer',
    );
  }
}

function judge(name: string, version: string, [major = 0, minor = 0]: readonly number[]): Found {
  const [isMajor = 0, isMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const isOld = isMajor < major || (isMajor === major && isMinor < minor);
  return isOld
    ? warning(`${name} ${version} is older than ${major}.${minor}`, `update ${name}`)
    : ok(`${name} ${version}`);
}
