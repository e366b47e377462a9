import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readOptions } from './options.js';

describe('readOptions', () => {
  it('needs nothing', () => {
    expect(readOptions([], {})).toEqual({
      dataFolder: path.resolve('.wattfleet'),
      meterFiles: undefined,
      once: false,
      json: false,
      fresh: false,
      portalPort: 4100,
      adminPort: 4000,
    });
  });

  it('takes flags and ports', () => {
    const argv = ['--once', '--json', '--fresh', '--data-dir', 'x', '--meter-files', '/y'];
    expect(readOptions(argv, { PORTAL_PORT: '1', ADMIN_PORT: '2' })).toEqual({
      dataFolder: path.resolve('x'),
      meterFiles: '/y',
      once: true,
      json: true,
      fresh: true,
      portalPort: 1,
      adminPort: 2,
    });
  });

  it('says what is wrong', () => {
    const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(() => readOptions(['--json'], {})).toThrow('--json: needs --once');
    expect(() => readOptions([], { PORTAL_PORT: 'x', ADMIN_PORT: '0' })).toThrow(
      /PORTAL_PORT[\s\S]*ADMIN_PORT/,
    );
    expect(() => readOptions(['--nonsense'], {})).toThrow('unknown option');
    expect(() => readOptions(['extra'], {})).toThrow('too many arguments');
    quiet.mockRestore();
  });
});
