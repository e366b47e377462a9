import { listContainers } from '../docker/containers.js';
import { stackState } from '../docker/stack-state.js';
import { listTenants, selectTenants } from '../tenants/select-tenants.js';
import { readSpec } from '../tenants/tenant.js';
import { selecting, shared, type Context, type Register, type SelectionOptions } from './context.js';

/** A tenant as `list` shows it. */
interface Listed {
  tenant: string;
  host: string;
  /** `healthy`, `stopped`, or what is the matter: `portal unhealthy`. */
  state: string;
  labels: Record<string, string>;
}

interface ListOptions extends SelectionOptions {
  codes?: true;
}

export const registerList: Register = (program, start) => {
  const command = program
    .command('list')
    .summary('show the tenants of this host')
    .description(
      'Shows the tenants below the root and whether their stacks run. Without codes or a selector: all of them.',
    );
  selecting(command).option('--codes', 'only the codes, a line each; the engine is not asked');
  shared(command, ['list', 'list --selector region=north --json']).action(start(list));
};

async function list(
  { config, docker, output }: Context,
  options: ListOptions,
  codes: string[],
): Promise<number> {
  const { all, selector } = options;
  const isNarrowed = codes.length > 0 || all || selector !== undefined;
  const slugs = isNarrowed
    ? await selectTenants(config, { codes, all, selector })
    : await listTenants(config.root);
  if (options.codes) {
    const named = slugs.map((slug) => slug.toUpperCase());
    if (named.length > 0) output.result({ codes: named }, named.join('\n'));
    return 0;
  }
  const containers = Map.groupBy(await listContainers(docker), ({ project }) => project);
  const tenants: Listed[] = [];
  for (const slug of slugs) {
    const { host, labels } = await readSpec(config.root, slug);
    tenants.push({ tenant: slug, host, state: stackState(containers.get(slug) ?? []), labels });
  }
  output.event({ tenants });
  if (tenants.length === 0)
    output.note(`No tenants in ${config.root}. Make the first: wattfleet create CODE --host NAME`);
  else output.table(['Tenant', 'Host', 'State', 'Labels'], tenants.map(row));
  return 0;
}

function row({ tenant, host, state, labels }: Listed): string[] {
  const texts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [tenant, host, state, texts.join(' ')];
}
