import { z } from 'zod';
import { ok, skipped, warning, error, type Found } from './finding.js';
import type { HostCheck } from './host-subject.js';

const published = z.array(z.looseObject({ name: z.string(), ports: z.string(), state: z.string() }));

/** Something that answers on the ports of the web runs on this engine. */
export const hostEdge: HostCheck = {
  id: 'edge',
  title: 'Traefik',
  run: async ({ docker, slugs }) => {
    const format = '{"name":{{json .Names}},"ports":{{json .Ports}},"state":{{json .State}}}';
    const text = await docker.run(['ps', '--all', '--filter', 'publish=443/tcp', '--format', format], {
      timeoutSeconds: 30,
    });
    const lines: unknown[] = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    const found = published.parse(lines);
    if (found.length === 0) {
      return [
        slugs.length === 0
          ? skipped('there are no tenants yet')
          : error('no container publishes port 443: nobody reaches the tenants', 'wattfleet host init'),
      ];
    }
    return found.map((one) => judge(one));
  },
};

function judge({ name, ports, state }: z.output<typeof published>[number]): Found {
  if (state !== 'running')
    return error(`${name} is ${state}`, `docker logs --tail 50 ${name}; then wattfleet host init`);
  return ports.includes(':80->')
    ? ok(`${name} answers on the ports 80 and 443`)
    : warning(`${name} publishes port 443 but not 80: plain http is not redirected`, 'wattfleet host init');
}
