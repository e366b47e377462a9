import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newRoot } from '../testing/provisioner.fixtures.js';
import { previewSubnets, readSubnets, releaseSubnets, reserveSubnets } from './subnets.js';

const pool = '10.200.0.0/20';
const of = (...names: string[]) => names.map((name) => ({ name, prefix: 28 }));

describe('ranges of networks', () => {
  it('are given out once and kept, also when the pool is another one', async () => {
    const root = newRoot();
    expect(await reserveSubnets(root, pool, of('a_edge', 'a_private'))).toEqual({
      a_edge: '10.200.0.0/28',
      a_private: '10.200.0.16/28',
    });
    expect(await reserveSubnets(root, '172.16.0.0/16', of('a_private', 'b_edge'))).toEqual({
      a_private: '10.200.0.16/28',
      b_edge: '172.16.0.0/28',
    });
  });

  it('never meet, however many ask at once', async () => {
    const root = newRoot();
    const asked = Array.from({ length: 20 }, (_, index) =>
      reserveSubnets(root, pool, of(`t${index}_edge`, `t${index}_private`)),
    );
    const given = (await Promise.all(asked)).flatMap((subnets) => Object.values(subnets));
    expect(new Set(given).size).toBe(40);
  });

  it('are previewed without being given out', async () => {
    const root = newRoot();
    const previewed = await previewSubnets(root, pool, of('a_edge'));
    expect([...(await readSubnets(root))]).toEqual([]);
    expect(await reserveSubnets(root, pool, of('a_edge'))).toEqual(previewed);
  });

  it('are for others when they were given back', async () => {
    const root = newRoot();
    await reserveSubnets(root, pool, of('a_edge', 'b_edge'));
    await releaseSubnets(root, ['a_edge', 'never_was']);
    expect([...(await readSubnets(root))]).toEqual([['b_edge', '10.200.0.16/28']]);
    expect(await reserveSubnets(root, pool, of('c_edge'))).toEqual({ c_edge: '10.200.0.0/28' });
  });

  it('survive a line that a full disk has cut off', async () => {
    const root = newRoot();
    await reserveSubnets(root, pool, of('a_edge'));
    const file = path.join(root, '.wattfleet/subnets.jsonl');
    appendFileSync(file, '{"network":"b_ed');
    expect(await reserveSubnets(root, pool, of('a_edge', 'b_edge'))).toEqual({
      a_edge: '10.200.0.0/28',
      b_edge: '10.200.0.16/28',
    });
    expect(readFileSync(file, 'utf8')).toContain('"b_edge"');
  });

  it('run out with a clear word', async () => {
    const root = newRoot();
    await reserveSubnets(root, pool, [{ name: 'all', prefix: 20 }]);
    await expect(reserveSubnets(root, pool, of('a_edge'))).rejects.toMatchObject({
      code: 'ADDRESSES_EXHAUSTED',
      detail: '10.200.0.0/20 has no /28 left for a_edge',
    });
  });
});
