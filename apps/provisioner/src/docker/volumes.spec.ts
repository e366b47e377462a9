import { describe, expect, it } from 'vitest';
import { copyVolume, fillVolume, readVolume, updateVolume } from './volumes.js';

const work = { slug: 'abc0001', volume: 'abc0001_portal-keys', image: 'wattfleet:1.2.3' };

describe.each([
  ['readVolume', readVolume(work), ':/volume:ro,nocopy'],
  ['fillVolume', fillVolume(work), ':/volume:nocopy'],
  ['updateVolume', updateVolume(work), ':/volume:nocopy'],
  ['copyVolume', copyVolume(work, 'abc0001_kept'), ':/source:ro,nocopy'],
])('%s', (_, args, mount) => {
  it('works in a container that can do nothing else', () => {
    for (const option of ['--rm', '--network=none', '--cap-drop=ALL', '--security-opt=no-new-privileges']) {
      expect(args).toContain(option);
    }
    expect(args).toContain('--label=wattfleet.scratch=abc0001');
  });

  it('gets nothing of what the image has', () => {
    expect(args).toContain(`--volume=abc0001_portal-keys${mount}`);
    const mounts = args.filter((arg) => arg.startsWith('--volume='));
    expect(mounts.every((arg) => arg.endsWith('nocopy'))).toBe(true);
  });
});

describe('a folder of the host', () => {
  const folder = { ...work, volume: '/srv/sftp/data/abc0001' };

  it('is mounted as what it is', () => {
    expect(readVolume(folder)).toContain('--volume=/srv/sftp/data/abc0001:/volume:ro');
    expect(updateVolume(folder)).toContain('--volume=/srv/sftp/data/abc0001:/volume');
  });
});

describe('readVolume', () => {
  it('reads what has changed when it is told since when', () => {
    expect(readVolume(work)).not.toContainEqual(expect.stringContaining('--newer'));
    expect(readVolume(work, 1_763_755_652).at(-1)).toBe('--newer=@1763755652');
  });
});
