import fs from 'node:fs';
import { afterAll, beforeAll, vi } from 'vitest';

/**
 * Keeps what the spec file's apps log. Pino writes to file descriptor 1 itself, past `process.stdout`.
 */
export function captureOutput(): { text: () => string } {
  const written: string[] = [];
  const isOutput = (descriptor: unknown) => descriptor === 1 || descriptor === 2;
  beforeAll(() => {
    const { write, writeSync } = fs;
    vi.spyOn(fs, 'writeSync').mockImplementation(((descriptor: number, text: string, ...rest: never[]) => {
      if (!isOutput(descriptor)) return writeSync(descriptor, text, ...rest);
      written.push(text);
      return Buffer.byteLength(text);
    }) as typeof fs.writeSync);
    vi.spyOn(fs, 'write').mockImplementation(((descriptor: number, text: string, ...rest: never[]) => {
      if (!isOutput(descriptor)) return Reflect.apply(write, fs, [descriptor, text, ...rest]);
      written.push(text);
      const done = rest.at(-1) as unknown as (error: null, bytes: number) => void;
      setImmediate(() => done(null, Buffer.byteLength(text)));
      return undefined;
    }) as unknown as typeof fs.write);
  });
  afterAll(() => vi.restoreAllMocks());
  return { text: () => written.join('') };
}
