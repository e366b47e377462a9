import { describe, expect, it } from 'vitest';
import { ChannelKeys, keysOf } from './channel-keys.js';

const channels = (count: number) =>
  new Map(Array.from({ length: count }, (_, index) => [`uid${index}`, index + 1]));

describe('ChannelKeys', () => {
  it('knows a catalogue at its version only', () => {
    const keys = new ChannelKeys();
    keys.set(1, 5, channels(2));
    expect(keys.get(1, 5)?.size).toBe(2);
    expect(keys.get(1, 6)).toBeUndefined();
    expect(keys.get(2, 5)).toBeUndefined();
    keys.set(1, 6, channels(3));
    expect(keys.get(1, 5)).toBeUndefined();
    expect(keys.get(1, 6)?.size).toBe(3);
  });

  it('forgets who pushed longest ago when there are too many channels', () => {
    const keys = new ChannelKeys(10);
    keys.set(1, 0, channels(4));
    keys.set(2, 0, channels(4));
    keys.get(1, 0);
    keys.set(3, 0, channels(4));
    expect([1, 2, 3].map((customer) => keys.get(customer, 0) !== undefined)).toEqual([true, false, true]);
    for (let version = 1; version < 100; version++) keys.set(1, version, channels(4));
    expect(keys.get(3, 0)).toBeDefined();
  });

  it('keeps nothing of a customer with more channels than it holds', () => {
    const keys = new ChannelKeys(10);
    keys.set(1, 0, channels(11));
    expect(keys.get(1, 0)).toBeUndefined();
  });
});

describe('keysOf', () => {
  it('are in the order of the ids, in any case of their letters, and 0 for the unknown', () => {
    expect([...keysOf(channels(3), ['UID2', 'other', 'uid0'])]).toEqual([3, 0, 1]);
  });
});
