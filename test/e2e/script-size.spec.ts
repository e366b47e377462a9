import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const mostBytes = 250_000;

/** The scripts that a browser loads whatever the page: those of index.html and all that they import at once. */
function firstScripts(app: string): string[] {
  const html = readFileSync(path.join(built, app, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, file = '']) => file);
}

describe.each(['portal', 'admin'])('the first scripts of %s', (app) => {
  it('are less than 250 kB with gzip', () => {
    const sizes = firstScripts(app).map((file) => gzipSync(readFileSync(path.join(built, app, file))).length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(mostBytes);
  });
});
