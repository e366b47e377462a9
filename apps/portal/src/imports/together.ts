import { heldBytes } from '../collection/held-file.js';
import type { WaitingFile } from '../collection/waiting-file.js';

/** Of files in one transaction. Another collector waits for as long. */
const mostTogether = { files: 50, bytes: 2 * 1024 * 1024 };

/** Cuts a list into what `importTogether` takes at a time: a large file alone, small ones with their neighbours. */
export function together(files: readonly WaitingFile[]): WaitingFile[][] {
  const groups: WaitingFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const group = groups.at(-1);
    bytes += file.bytes;
    const isFull = bytes > mostTogether.bytes || group?.length === mostTogether.files;
    if (group === undefined || isFull || file.bytes > heldBytes) {
      groups.push([file]);
      bytes = file.bytes > heldBytes ? mostTogether.bytes : file.bytes;
    } else group.push(file);
  }
  return groups;
}
