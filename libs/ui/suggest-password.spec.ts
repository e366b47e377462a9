import { describe, expect, it } from 'vitest';
import { suggestPassword } from './suggest-password.js';

describe('suggestPassword', () => {
  it('gives four groups of letters and digits that are not mistaken for others, another one each time', () => {
    const given = new Set(Array.from({ length: 50 }, () => suggestPassword()));
    expect(given.size).toBe(50);
    for (const password of given)
      expect(password).toMatch(/^([2-9A-HJ-NP-Za-km-z]{4}-){3}[2-9A-HJ-NP-Za-km-z]{4}$/);
  });

  it('takes every letter from as many bytes, and leaves out those that are over', () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte);
    const random = (count: number) => Uint8Array.from(bytes.splice(0, count));
    const used = Array.from({ length: 14 }, () => suggestPassword(random))
      .join('')
      .replaceAll('-', '');
    const counts = new Map<string, number>();
    for (const letter of used) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(57);
    expect(Math.max(...counts.values())).toBe(4);
    expect(
      suggestPassword(() => new Uint8Array([...Array.from({ length: 8 }, () => 255), ...Array(16).fill(0)])),
    ).toBe('aaaa-aaaa-aaaa-aaaa');
  });
});
