import { describe, expect, it } from 'vitest';
import { newRoot } from '../testing/provisioner.fixtures.js';
import { RunRecord } from './run-record.js';

const v2 = ['--image', 'portal=wattfleet:2'];
const v3 = ['--image', 'portal=wattfleet:3'];

describe('the record of a run', () => {
  it('has what is left, and is gone when all is done', async () => {
    const root = newRoot();
    const { record } = await RunRecord.start(root, 'update', ['aaa', 'bbb'], v2);
    record.done('aaa');
    await record.settled();
    expect(await RunRecord.remaining(root, 'update')).toEqual(['bbb']);
    expect(await RunRecord.given(root, 'update')).toEqual(v2);
    record.done('bbb');
    await record.settled();
    await expect(RunRecord.remaining(root, 'update')).rejects.toThrow('was left unfinished');
  });

  it('of a run that was given the same goes on with the earlier one', async () => {
    const root = newRoot();
    await RunRecord.start(root, 'update', ['aaa', 'bbb'], v2);
    const { record, dropped } = await RunRecord.start(root, 'update', ['bbb', 'ccc'], v2);
    record.done('bbb');
    await record.settled();
    expect([dropped, await RunRecord.remaining(root, 'update')]).toEqual([[], ['aaa', 'ccc']]);
  });

  it('of a run that was given something else takes its place, and says whom it forgets', async () => {
    const root = newRoot();
    await RunRecord.start(root, 'update', ['aaa', 'bbb'], v2);
    const { dropped } = await RunRecord.start(root, 'update', ['bbb'], v3);
    expect([dropped, await RunRecord.remaining(root, 'update')]).toEqual([['aaa'], ['bbb']]);
    expect(await RunRecord.given(root, 'update')).toEqual(v3);
  });
});
