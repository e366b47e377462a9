import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostStackName, Templates, TenantSpec } from '#libs/stack';
import { digest } from '../digest.js';

/** A blueprint's templates, and a digest of them. */
export interface ReadTemplates {
  templates: Templates;
  digest: string;
}

const read = new Map<string, Promise<ReadTemplates>>();

/** The templates of a blueprint, from `compose/<blueprint>/`; read once, since they are the program's own. */
export function readTemplates(
  composeDir: string,
  blueprint: TenantSpec['blueprint'] | HostStackName,
): Promise<ReadTemplates> {
  const folder = path.join(composeDir, blueprint);
  const known = read.get(folder) ?? readFolder(folder);
  read.set(folder, known);
  return known;
}

async function readFolder(folder: string): Promise<ReadTemplates> {
  const text = (name: string) => readFile(path.join(folder, name), 'utf8');
  const [compose, env] = await Promise.all([text('compose.yaml.hbs'), text('.env.hbs')]);
  return { templates: { compose, env }, digest: digest(compose, env) };
}
