import { expect, it } from 'vitest';
import { together } from './together.js';

function groupsOf(...bytes: number[]): number[][] {
  const files = bytes.map((size, index) => ({ path: `${index}`, place: undefined, bytes: size }));
  return together(files).map((group) => group.map((file) => file.bytes));
}

it('keeps the order, a large file alone and no group too large', () => {
  const [small, large] = [200_000, 300_000];
  expect(groupsOf()).toEqual([]);
  expect(groupsOf(large)).toEqual([[large]]);
  expect(groupsOf(small, 1, large, 2, 3, large, large)).toEqual([
    [small, 1],
    [large],
    [2, 3],
    [large],
    [large],
  ]);
  const twelve = Array.from({ length: 12 }, () => small);
  expect(groupsOf(...twelve).map((group) => group.length)).toEqual([10, 2]);
  expect(groupsOf(...Array.from({ length: 120 }, () => 1)).map((group) => group.length)).toEqual([
    50, 50, 20,
  ]);
});
