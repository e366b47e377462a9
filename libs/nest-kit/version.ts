import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Folder that holds package.json: the same distance up from the sources as from `dist`, plus `dist` itself. */
export const packageRoot = findPackageRoot(import.meta.dirname);

const manifest: { version: string } = JSON.parse(
  readFileSync(path.join(packageRoot, 'package.json'), 'utf8'),
);

/** Version of this Wattfleet, as in package.json. */
export const version = manifest.version;

function findPackageRoot(folder: string): string {
  const parent = path.dirname(folder);
  if (path.basename(folder) === 'libs')
    return path.basename(parent) === 'dist' ? path.dirname(parent) : parent;
  if (parent === folder) throw new Error('package.json is not above the program');
  return findPackageRoot(parent);
}
