import { z } from 'zod';
import type { CurrentFile, RenderedFile } from '#libs/stack';
import { digest } from '../digest.js';

const file = '.applied.json';

const schema = z.object({
  /** Version of the provisioner that wrote the tenant's files. */
  wattfleet: z.string(),
  /** Digests of what they were made of, and of what was written. */
  templates: z.string(),
  tenantYaml: z.string(),
  env: z.string(),
  compose: z.string(),
});

/** What the tenant's files were last made of: kept beside them, so that a plan can say why they change. */
export type Applied = z.output<typeof schema>;

/** The record of these files. Digests of single secrets are not in it: a short one could be guessed. */
export function appliedRecord(
  made: Pick<Applied, 'wattfleet' | 'templates' | 'tenantYaml'>,
  rendered: readonly RenderedFile[],
): Applied {
  const textOf = (path: string) => rendered.find((one) => one.path === path)?.text ?? '';
  return { ...made, env: digest(textOf('.env')), compose: digest(textOf('compose.yaml')) };
}

/** The record as a file of the tenant's folder. */
export function appliedFile(applied: Applied): RenderedFile {
  return { path: file, text: `${JSON.stringify(applied, null, 2)}\n`, mode: 0o600 };
}

/** The record that the last apply left. Undefined where there is none that can be read. */
export async function readApplied(
  read: (path: string) => Promise<CurrentFile>,
): Promise<Applied | undefined> {
  try {
    return schema.parse(JSON.parse((await read(file))?.text ?? ''));
  } catch {
    return undefined;
  }
}

/**
 * Why the files change, one phrase each.
 * @param current the files as they are
 */
export function causesOf(
  before: Applied | undefined,
  now: Applied,
  current: (path: string) => CurrentFile,
): string[] {
  if (before === undefined) return [];
  const versions = `wattfleet ${before.wattfleet} → ${now.wattfleet}`;
  const isByHand = (path: string, applied: string) => {
    const text = current(path)?.text;
    return text !== undefined && digest(text) !== applied;
  };
  const causes = [
    [before.tenantYaml !== now.tenantYaml, 'tenant.yaml changed since the last apply'],
    [
      before.templates !== now.templates,
      `templates changed since the last apply (${before.wattfleet === now.wattfleet ? `wattfleet ${now.wattfleet}` : versions})`,
    ],
    [
      before.templates === now.templates && before.wattfleet !== now.wattfleet,
      `another version renders it (${versions})`,
    ],
    [isByHand('.env', before.env), '.env was edited since the last apply'],
    [
      isByHand('compose.yaml', before.compose),
      'compose.yaml was edited since the last apply; apply overwrites it',
    ],
  ] as const;
  return causes.flatMap(([holds, text]) => (holds ? [text] : []));
}
