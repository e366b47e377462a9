import { describe, expect, it } from 'vitest';
import { differingDigests } from './reconciler.js';

const own = { channelId: 1, channelUid: 'a', day: '2026-01-31', count: 3, hash: '-77' };
const admins = { channelId: 'a', day: '2026-01-31', count: 3, hash: '-77' };

describe('differingDigests', () => {
  it.each([
    ['nothing where both are equal', [admins], 0],
    ['what Admin lacks', [], 1],
    ['what it has of another day', [{ ...admins, day: '2026-01-30' }], 1],
    ['what it has of another channel', [{ ...admins, channelId: 'b' }], 1],
    ['other values', [{ ...admins, hash: '78' }], 1],
    ['as many values with the same hash by chance, but not as many rows', [{ ...admins, count: 5 }], 1],
    ['nothing for what only Admin has', [admins, { ...admins, channelId: 'c' }], 0],
  ])('finds %s', (_, held, count) => {
    expect(differingDigests([own], held)).toHaveLength(count);
  });
});
