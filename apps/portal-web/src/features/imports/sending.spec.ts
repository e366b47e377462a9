import { expect, it } from 'vitest';
import { nothingSent, reduceSending, startable, type SendingState } from './sending.js';

function added(sizes: number[], maxBytes?: number): SendingState {
  const files = sizes.map((size, index) => ({ name: `f${String(index)}`, size }) as File);
  return reduceSending(nothingSent, {
    type: 'added',
    files,
    site: 'north',
    maxBytes,
    tooLarge: () => new Error('too large'),
  });
}

it('sends two files at a time, in their order', () => {
  let state = added([1, 1, 1]);
  expect(startable(state).map(({ key }) => key)).toEqual([1, 2]);
  state = reduceSending(state, { type: 'began', key: 1 });
  state = reduceSending(state, { type: 'began', key: 2 });
  expect(startable(state)).toEqual([]);
  state = reduceSending(state, { type: 'removed', key: 1 });
  expect(startable(state).map(({ key }) => key)).toEqual([3]);
});

it('sends nothing that is too large, and goes on after a failure', () => {
  let state = added([5, 11], 10);
  expect(state.files.map((file) => [file.state, file.error?.message])).toEqual([
    ['waits', undefined],
    ['failed', 'too large'],
  ]);
  state = reduceSending(state, { type: 'began', key: 1 });
  state = reduceSending(state, { type: 'progressed', key: 1, sentBytes: 3 });
  expect(state.files[0]).toMatchObject({ state: 'sending', sentBytes: 3 });
  state = reduceSending(state, { type: 'failed', key: 1, error: new Error('gone') });
  expect(state.files[0]).toMatchObject({ state: 'failed' });
  expect(startable(state)).toEqual([]);
});

it('gives every file a key of its own', () => {
  const once = added([1, 1]);
  const twice = reduceSending(once, {
    type: 'added',
    files: [{ name: 'f0', size: 1 } as File],
    site: '',
    maxBytes: undefined,
    tooLarge: () => new Error(),
  });
  expect(twice.files.map(({ key }) => key)).toEqual([1, 2, 3]);
});
