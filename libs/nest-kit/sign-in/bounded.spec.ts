import { describe, expect, it } from 'vitest';
import { Bounded } from './bounded.js';

describe('Bounded', () => {
  it('runs so many at a time, in order, whatever becomes of them', async () => {
    const bounded = new Bounded(2);
    const begun: number[] = [];
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const all = gates.map(({ promise }, index) =>
      bounded.run(async () => {
        begun.push(index);
        await promise;
        if (index === 1) throw new Error('one that fails');
        return index;
      }),
    );
    const settled = Promise.allSettled(all);
    expect([begun, bounded.waiting]).toEqual([[0, 1], 3]);
    gates[1]?.resolve();
    await expect(all[1]).rejects.toThrow('one that fails');
    expect([begun, bounded.waiting]).toEqual([[0, 1, 2], 2]);
    for (const { resolve } of gates) resolve();
    const results = (await settled).map((result) =>
      result.status === 'fulfilled' ? result.value : 'failed',
    );
    expect(results).toEqual([0, 'failed', 2, 3, 4]);
    expect([begun, bounded.waiting]).toEqual([[0, 1, 2, 3, 4], 0]);
    expect(await bounded.run(() => Promise.resolve('later'))).toBe('later');
  });
});
