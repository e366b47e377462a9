import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './image-under-test.js';

/** The arguments of every `wattfleet …` in the blocks of a page of `docs/how-to/`, in their order. */
export async function commandsOf(page: string): Promise<string[][]> {
  const text = await readFile(path.join(repository, 'docs/how-to', page), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.startsWith('wattfleet '))
    .map((line) => line.split(' ').slice(1));
}

/** A command of a page with what a test has in place of the page's examples. */
export function withOwn(command: readonly string[], own: Record<string, string>): string[] {
  return command.map((word) => own[word] ?? word);
}
