import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostStackName, Templates, TenantSpec } from '#libs/stack';

/** The templates of a blueprint, from `compose/<blueprint>/`. */
export async function readTemplates(
  composeDir: string,
  blueprint: TenantSpec['blueprint'] | HostStackName,
): Promise<Templates> {
  const read = (name: string) => readFile(path.join(composeDir, blueprint, name), 'utf8');
  const [compose, env] = await Promise.all([read('compose.yaml.hbs'), read('.env.hbs')]);
  return { compose, env };
}
