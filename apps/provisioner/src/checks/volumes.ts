import { z } from 'zod';
import { buildStack, type Stack } from '#libs/stack';
import { error, ok, skipped, type Found } from './finding.js';
import { runningContainer, type TenantCheck, type TenantSubject } from './tenant-subject.js';

const mounts = z.array(
  z.looseObject({ Type: z.string(), Name: z.string().optional(), Destination: z.string() }),
);

/** Every volume is where its service expects it, and its service can write it: what is lost otherwise shows days later. */
export const volumes: TenantCheck = {
  id: 'volumes',
  title: 'Volumes are mounted and can be written',
  run: async (subject) => {
    const stack = buildStack(subject.tenant.spec, subject.config, subject.tenant.secrets);
    const found: Found[] = [];
    for (const service of Object.keys(stack.compose.services)) {
      const container = runningContainer(subject, service);
      if (container === undefined) found.push(skipped(`${service} does not run`));
      else found.push(...(await findWrong(subject, container, service, stack)));
    }
    const count = Object.keys(stack.compose.volumes).length;
    return found.length > 0 ? found : [ok(`all ${count} volumes are mounted and can be written`)];
  },
};

async function findWrong(
  { docker, tenant: { slug } }: TenantSubject,
  container: string,
  service: string,
  { compose }: Stack,
): Promise<Found[]> {
  const wanted = (compose.services[service]?.volumes ?? []).filter(({ type }) => type === 'volume');
  if (wanted.length === 0) return [];
  const text = await docker.run(['inspect', '--format', '{{json .Mounts}}', container]);
  const mounted = mounts.parse(JSON.parse(text));
  const written = wanted.filter((mount) => mount.read_only !== true);
  const refused = await unwritable(
    docker,
    container,
    written.map(({ target }) => target),
  );
  return wanted.flatMap(({ source, target }) => {
    const name = compose.volumes[source]?.name;
    const is = mounted.find(({ Destination }) => Destination === target);
    const up = `wattfleet up ${slug}`;
    if (is === undefined)
      return [error(`${service} has nothing mounted at ${target}: what it writes there is lost`, up)];
    if (is.Name !== name)
      return [error(`${service} has ${is.Name ?? is.Type} at ${target} instead of ${name}`, up)];
    if (!refused.has(target)) return [];
    return [
      error(
        `${service} cannot write ${target}`,
        `docker volume inspect ${name}: check owner and mode of its folder and that it is not mounted read-only; then ${up}`,
      ),
    ];
  });
}

/** Those of the folders that the service's own user cannot write. */
async function unwritable(
  docker: TenantSubject['docker'],
  container: string,
  folders: readonly string[],
): Promise<Set<string>> {
  const script = 'for folder; do test -d "$folder" && test -w "$folder" || echo "$folder"; done';
  const text = await docker.run(['exec', container, 'sh', '-c', script, 'sh', ...folders], {
    timeoutSeconds: 30,
  });
  return new Set(text.split('\n').filter((line) => line !== ''));
}
