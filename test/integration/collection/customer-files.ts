import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { giveToPlainUser } from '../../programs/sftp-server.js';

/** A file of the customer's, whom permissions stop; folders are made as the customer would. */
export async function writeAsCustomer(root: string, file: string, content: string | Buffer): Promise<string> {
  let folder = root;
  for (const part of file.split('/').slice(0, -1)) {
    folder = path.join(folder, part);
    await mkdir(folder, { recursive: true });
    await giveToPlainUser(folder);
  }
  const target = path.join(root, file);
  await writeFile(target, content);
  await giveToPlainUser(target);
  return target;
}

/** Every file below, sorted, relative to the root. */
export async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();
}
