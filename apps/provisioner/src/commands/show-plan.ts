import type pc from 'picocolors';
import type { DiffLine, FilePlan } from '#libs/stack';

type Colours = ReturnType<typeof pc.createColors>;

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
