import path from 'node:path';

/**
 * Where the provisioner keeps what belongs to the host and not to one tenant, below the root. Tenants' folders begin
 * with a letter, so none can have this name.
 */
export function hostFolder(root: string, ...names: string[]): string {
  return path.join(root, '.wattfleet', ...names);
}
