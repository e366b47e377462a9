import type pc from 'picocolors';
import { hasChanges, type DiffLine, type FilePlan, type ServicePlan } from '#libs/stack';
import type { TenantPlan } from '../tenants/tenant.js';

type Colours = ReturnType<typeof pc.createColors>;

/** What the changes mean for the stack, a line each; empty when there is nothing to say. */
export function showStack({ stack, causes, override, files }: TenantPlan, colours: Colours): string {
  if (!hasChanges(files)) return '';
  const lines = [
    ...stack.services
      .filter(({ action }) => action !== 'unchanged')
      .map((service) => showService(service, colours)),
    ...stack.secrets.map(({ name, from, to }) => `  secret ${name}: ${from ?? 'none'} → ${to ?? 'none'}`),
    ...stack.dataLoss.map((text) => colours.red(colours.bold(`  DESTROYS DATA: ${text}`))),
    ...stack.notices.map((text) => colours.yellow(`  Note: ${text}`)),
    ...causes.map((text) => `  Because: ${text}`),
    ...(override === undefined
      ? []
      : [
          '  compose.override.yaml is there: what it changes is not shown here, and apply checks both together',
        ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const signs: Record<ServicePlan['action'], string> = {
  create: '+ create',
  change: '~ change',
  recreate: '± recreate',
  destroy: '- destroy',
  unchanged: '  unchanged',
};

function showService({ service, action, reasons }: ServicePlan, colours: Colours): string {
  const colour = {
    create: colours.green,
    destroy: colours.red,
    unchanged: colours.dim,
    change: colours.yellow,
    recreate: colours.yellow,
  }[action];
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `  ${colour(signs[action])} ${colours.bold(service)}${why}`;
}

/** The files that would change, each with its diff; empty when nothing would. */
export function showPlan(files: readonly FilePlan[], colours: Colours): string {
  return files
    .filter((file) => file.action !== 'unchanged')
    .map(
      (file) =>
        `${heading(file, colours)}\n${file.diff.map((line) => `${showLine(line, colours)}\n`).join('')}\n`,
    )
    .join('');
}

/** One sentence that counts the files. */
export function summary(files: readonly FilePlan[], source = 'tenant.yaml'): string {
  const count = (action: FilePlan['action']) => files.filter((file) => file.action === action).length;
  const [create, change, unchanged] = [count('create'), count('change'), count('unchanged')];
  if (create + change === 0) return `No changes: all ${unchanged} files are as ${source} says.`;
  return `${create} to create, ${change} to change, ${unchanged} unchanged.`;
}

function heading({ path, action, mode }: FilePlan, { bold, green, yellow }: Colours): string {
  const sign = action === 'create' ? green('+ create') : yellow('~ change');
  const bits = mode === undefined ? '' : ` (mode ${mode.from} → ${mode.to})`;
  return `${sign} ${bold(path)}${bits}`;
}

function showLine({ kind, text }: DiffLine, { green, red, dim }: Colours): string {
  switch (kind) {
    case 'added': {
      return green(`    + ${text}`);
    }
    case 'removed': {
      return red(`    - ${text}`);
    }
    case 'context': {
      return dim(`      ${text}`.trimEnd());
    }
    case 'skipped': {
      return dim('      …');
    }
    default: {
      return kind satisfies never;
    }
  }
}
