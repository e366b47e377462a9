import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { docker } from './docker.js';
import type { Fleet } from './fleet.js';
import { repository } from './image-under-test.js';

/** All lines of a page’s `sh` blocks, also those that are not of `wattfleet`, in their order. */
export async function linesOf(page: string): Promise<string[]> {
  const text = await readFile(path.join(repository, 'docs/how-to', page), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split('\n').filter((line) => line !== ''));
}

/**
 * Runs a command of a page.
 * @param values what stands in the place of what the page names
 * @returns standard output of `wattfleet`
 */
export async function runLine(fleet: Fleet, line: string, values: Record<string, string>): Promise<string> {
  const replaced = Object.entries({ ...values, '/srv/portal': fleet.root }).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    line,
  );
  const [program = '', ...args] = replaced.split(' ');
  switch (program) {
    case 'wattfleet': {
      const finished = await fleet.wattfleet(...args);
      expect(finished, `${line}\n${finished.stdout}${finished.stderr}`).toMatchObject({ exitCode: 0 });
      return finished.stdout;
    }
    case 'docker': {
      return docker(...args);
    }
    case 'rm': {
      await rm(args.at(-1) ?? '', { recursive: true });
      return '';
    }
    default: {
      throw new Error(`not a command that the tests know: ${line}`);
    }
  }
}
