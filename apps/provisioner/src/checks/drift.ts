import { buildStack, type Stack } from '#libs/stack';
import { compose } from '../docker/compose.js';
import type { Container } from '../docker/containers.js';
import { ok, skipped, warning, type Found } from './finding.js';
import type { TenantCheck, TenantSubject } from './tenant-subject.js';

/** The containers run the images of tenant.yaml, and were made of the files as they are now. */
export const drift: TenantCheck = {
  id: 'drift',
  title: 'Containers are of the images and files of today',
  run: async (subject) => {
    const { tenant, config, containers } = subject;
    if (containers.length === 0) return [skipped('there are no containers')];
    const images = wantedImages(buildStack(tenant.spec, config, tenant.secrets));
    const hashes = await configHashes(subject);
    const found = containers.flatMap((container) => findDrift(container, images, hashes, tenant.slug));
    return found.length > 0 ? found : [ok(`all ${containers.length} containers are as the files say`)];
  },
};

function findDrift(
  { service, image, configHash }: Container,
  images: ReadonlyMap<string, string>,
  hashes: ReadonlyMap<string, string>,
  slug: string,
): Found[] {
  const wanted = images.get(service);
  if (wanted !== undefined && image !== wanted) {
    const fix = `wattfleet apply ${slug}, then wattfleet up ${slug}`;
    // The engine shows an id where the tag has gone over to another image.
    const text = /^(sha256:)?[0-9a-f]{12,64}$/.test(image)
      ? `${service} runs an older image than ${wanted} is now`
      : `${service} runs ${image}; tenant.yaml says ${wanted}`;
    return [warning(text, fix)];
  }
  const hash = hashes.get(service);
  if (hash === undefined)
    return [warning(`${service} is no service of the stack`, `wattfleet up ${slug} removes it`)];
  return hash === configHash
    ? []
    : [warning(`${service} was started with other settings than its files have now`, `wattfleet up ${slug}`)];
}

/** What Compose would make of the files now, by service. */
async function configHashes({ docker, tenant }: TenantSubject): Promise<Map<string, string>> {
  const text = await docker.run(compose(tenant.folder, 'config', '--hash', '*'), { timeoutSeconds: 60 });
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): [string, string] => {
        const [service = '', hash = ''] = line.split(' ');
        return [service, hash];
      }),
  );
}

/** By service, with the references to `.env` filled in. */
export function wantedImages({ compose: { services }, variables }: Stack): Map<string, string> {
  return new Map(
    Object.entries(services).map(([service, { image }]) => [
      service,
      image.replaceAll(/\$\{(\w+)\}/g, (reference, name: string) => variables[name] ?? reference),
    ]),
  );
}
