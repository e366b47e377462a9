import { mkdir, rm } from 'node:fs/promises';
import { hostFolder } from '../../host-folder.js';

/** An empty folder below the root for archives on their way to or from another machine. */
export async function emptyWorkFolder(
  root: string,
  kind: 'outgoing' | 'incoming',
  slug: string,
): Promise<string> {
  const folder = hostFolder(root, 'backup', kind, slug);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}
