import { envLiteral, parseEnvFile, tenantSecrets, type TenantSecrets } from '#libs/stack';
import { readCurrent, writeFiles } from '../tenants/tenant-folder.js';
import type { Tenant } from '../tenants/tenant.js';
import { snapshotOf } from './release-store.js';

/** What a rollback writes: the override is ops' own. */
const restored = ['.env', 'compose.yaml', '.applied.json', 'tenant.yaml'] as const;

/**
 * Puts the files of before a release back. Secrets stay as they are now: one that was rotated since is in the database,
 * in Grafana and at Admin, and the old value would open nothing.
 * @param pins image variables of `.env` and what they must be, where a tag stands for another image now
 */
export async function restoreFiles(
  tenant: Pick<Tenant, 'folder' | 'secrets'>,
  id: string,
  pins: Record<string, string> = {},
): Promise<void> {
  const snapshot = snapshotOf(tenant.folder, id);
  for (const name of restored) {
    const kept = await readCurrent(snapshot, name);
    if (kept === undefined) continue;
    const text = name === '.env' ? withValues(kept.text, tenant.secrets, pins) : kept.text;
    await writeFiles(tenant.folder, [{ path: name, text, mode: kept.mode }]);
  }
}

/** The `.env` with these values in the places of its own. One that it has no place for is added, a secret that is no more goes. */
export function withValues(text: string, secrets: TenantSecrets, pins: Record<string, string> = {}): string {
  const lines = text.split('\n');
  const values = new Map(Object.entries({ ...secrets, ...pins }));
  const replaced = new Set<string>([...tenantSecrets.map(({ name }) => name), ...Object.keys(pins)]);
  for (const { name, firstLine, lastLine } of parseEnvFile(text).toReversed()) {
    if (!replaced.has(name)) continue;
    const value = values.get(name);
    const line = value === undefined ? [] : [`${name}=${envLiteral(value)}`];
    lines.splice(firstLine - 1, lastLine - firstLine + 1, ...line);
    values.delete(name);
  }
  const added = [...values].map(([name, value]) => `${name}=${envLiteral(value)}`);
  return added.length === 0 ? lines.join('\n') : `${lines.join('\n').trimEnd()}\n${added.join('\n')}\n`;
}
