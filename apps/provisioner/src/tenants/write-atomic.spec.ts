import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modeOf, newRoot } from '../testing/provisioner.fixtures.js';
import { writeAtomic } from './write-atomic.js';

describe('a file written at once', () => {
  it('has its text and its mode, whatever it had before, and leaves nothing beside it', async () => {
    const root = newRoot();
    const file = path.join(root, 'compose.yaml');
    writeFileSync(file, 'a longer text from before', { mode: 0o600 });
    await writeAtomic(file, 'é\n', 0o644);
    expect([readFileSync(file, 'utf8'), modeOf(file), readdirSync(root)]).toEqual([
      'é\n',
      '644',
      ['compose.yaml'],
    ]);
  });

  it('stays behind its link', async () => {
    const root = newRoot();
    const [file, link] = [path.join(root, 'real'), path.join(root, 'link')];
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    await writeAtomic(link, 'new', 0o644);
    expect([lstatSync(link).isSymbolicLink(), readFileSync(file, 'utf8')]).toEqual([true, 'new']);
  });

  it('is left as it was when it cannot be written', async () => {
    const root = newRoot();
    mkdirSync(path.join(root, 'folder'));
    await expect(writeAtomic(path.join(root, 'folder'), 'text', 0o644)).rejects.toThrow('EISDIR');
    expect(readdirSync(root)).toEqual(['folder']);
  });
});
