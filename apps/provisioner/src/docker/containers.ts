import { z } from 'zod';
import type { Docker } from './docker.js';

/** A container of a stack, as the engine reports it. */
export interface Container {
  id: string;
  /** Compose project: the tenant's slug. */
  project: string;
  service: string;
  image: string;
  /** `running`, `exited`, `restarting`, `created`, `paused`, `dead`. */
  state: string;
  /** `healthy`, `unhealthy`, `starting`; empty where the container has no health check or does not run. */
  health: string;
  /** How long it runs: `3 minutes`; empty where it does not. */
  uptime: string;
  /** Of the service as it was when the container was made. */
  configHash: string;
}

const label = (name: string) => `{{.Label "com.docker.compose.${name}"}}`;
const format = [
  '{{.ID}}',
  label('project'),
  label('service'),
  '{{.Image}}',
  '{{.State}}',
  '{{.Status}}',
  label('config-hash'),
].join('\t');
const line = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.string(), z.string()]);

/**
 * The containers of all Compose projects of the engine, running or not, in one call: it stays quick with hundreds of
 * stacks. @param project that one alone
 */
export async function listContainers(docker: Docker, project?: string): Promise<Container[]> {
  const filter = `label=com.docker.compose.project${project === undefined ? '' : `=${project}`}`;
  const text = await docker.run(['ps', '--all', '--no-trunc', '--filter', filter, '--format', format]);
  return text
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => {
      const [id, name, service, image, state, status, configHash] = line.parse(row.split('\t'));
      return {
        id,
        project: name,
        service,
        image,
        state,
        health: healthOf(status),
        uptime: uptimeOf(status),
        configHash,
      };
    });
}

/** Asks for the ids of a service's containers, running or not. */
export function findService(project: string, service: string): string[] {
  const labels = [`project=${project}`, `service=${service}`];
  const filters = labels.flatMap((text) => ['--filter', `label=com.docker.compose.${text}`]);
  return ['ps', '--all', '--quiet', '--no-trunc', ...filters];
}

/** From `Up 3 minutes (healthy)`. */
function healthOf(status: string): string {
  return /\((healthy|unhealthy|health: starting)\)$/.exec(status)?.[1]?.replace('health: ', '') ?? '';
}

/** From `Up 3 minutes (healthy)`. */
function uptimeOf(status: string): string {
  return /^Up (?:about an? )?(.*?)(?: \(.*\))?$/i.exec(status)?.[1] ?? '';
}
