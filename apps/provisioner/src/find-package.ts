import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Package } from './provisioner.config.js';

/** The package that `folder` belongs to: the same for the sources and for what is compiled into `dist/`. */
export function findPackage(folder: string): Package {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    return { folder, version };
  }
  const parent = path.dirname(folder);
  if (parent === folder)
    throw new Error('the provisioner is not inside its package: no package.json above it');
  return findPackage(parent);
}
