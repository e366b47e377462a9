import { listContainers, type Container } from '../docker/containers.js';
import { memoryOf } from '../docker/memory.js';
import { tenantStatus, type TenantStatus } from '../status/tenant-status.js';
import { listTenants, selectTenants } from '../tenants/select-tenants.js';
import { selecting, shared, type Context, type Register, type SelectionOptions } from './context.js';

/** For more, the question for memory takes longer than all the rest. */
const mostWithMemory = 5;

export const registerStatus: Register = (program, start) => {
  const command = program
    .command('status')
    .summary('show how tenants are, at a glance')
    .description(
      'Shows of each tenant its containers, images that are not those of tenant.yaml, its push and its last ' +
        `backup; of up to ${mostWithMemory} tenants the memory in use, too. Quick; verify looks deeper. ` +
        'Without codes or a selector: all.',
    );
  shared(selecting(command), ['status', 'status ABC0001 --json']).action(start(status));
};

async function status(context: Context, options: SelectionOptions, codes: string[]): Promise<number> {
  const { config, docker, output } = context;
  const { all, selector } = options;
  const isNarrowed = codes.length > 0 || all || selector !== undefined;
  const slugs = isNarrowed
    ? await selectTenants(config, { codes, all, selector })
    : await listTenants(config.root);
  const [only] = slugs;
  const containers = Map.groupBy(
    await listContainers(docker, slugs.length === 1 ? only : undefined),
    ({ project }) => project,
  );
  const memory = await memoryIfFew(context, slugs, containers);
  const tenants: TenantStatus[] = [];
  let failed = 0;
  for (const slug of slugs) {
    try {
      tenants.push(await tenantStatus(config, slug, containers.get(slug) ?? [], memory));
    } catch (error) {
      failed += 1;
      output.problem(slug, output.describe(error));
    }
  }
  output.event({ tenants });
  show(context, tenants);
  if (failed === 0) return 0;
  return failed === slugs.length ? 1 : 3;
}

async function memoryIfFew(
  { docker }: Context,
  slugs: readonly string[],
  containers: ReadonlyMap<string, Container[]>,
): Promise<Map<string, number>> {
  if (slugs.length > mostWithMemory) return new Map();
  const all = slugs.flatMap((slug) => containers.get(slug) ?? []);
  return memoryOf(
    docker,
    all.filter(({ state }) => state === 'running').map(({ id }) => id),
  );
}

function show({ config, output }: Context, tenants: readonly TenantStatus[]): void {
  if (tenants.length === 0) {
    output.note(`No tenants in ${config.root}. Make the first: wattfleet create CODE --host NAME`);
    return;
  }
  output.table(['Tenant', 'State', 'Up', 'Portal', 'Push', 'Last backup (UTC)', 'Drift'], tenants.map(row));
  const [first] = tenants;
  if (tenants.length > 1 || first === undefined || first.containers.length === 0) return;
  output.text('');
  output.table(
    ['Service', 'State', 'Up', 'Memory', 'Image'],
    first.containers.map(({ service, state, health, uptime, memoryBytes, image }) => [
      service,
      health === '' ? state : health,
      uptime,
      memoryBytes === null ? '' : `${Math.round(memoryBytes / 1024 ** 2)} MiB`,
      image,
    ]),
  );
}

function row({ tenant, state, containers, push, lastBackupAt, drift }: TenantStatus): string[] {
  const portal = containers.find(({ service }) => service === 'portal');
  return [
    tenant,
    state,
    portal?.uptime ?? '',
    portal?.image ?? '',
    push,
    lastBackupAt?.slice(0, 16).replace('T', ' ') ?? 'none',
    drift.map(({ service, wanted }) => `${service}: ${wanted}`).join(', '),
  ];
}
