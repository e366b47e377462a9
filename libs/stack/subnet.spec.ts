import { describe, expect, it } from 'vitest';
import { addressOf, firstHalf, formatSubnet, freeSubnet, parseSubnet, type Subnet } from './subnet.js';

const pool = parseSubnet('10.200.0.0/14');
const free = (used: string[], prefix = 28, from: Subnet = pool) => {
  const found = freeSubnet(from, prefix, used.map(parseSubnet));
  return found === undefined ? undefined : formatSubnet(found);
};

describe('a range of addresses', () => {
  it.each(['10.200.0.0/14', '0.0.0.0/0', '255.255.255.255/32', '192.168.1.16/28'])('is read: %s', (text) => {
    expect(formatSubnet(parseSubnet(text))).toBe(text);
  });

  it.each(['10.200.0.0', '10.200.0.1/14', '10.256.0.0/16', '10.0.0.0/33', 'fd00::/8', '', ' 10.0.0.0/8'])(
    'is refused: %j',
    (text) => {
      expect(() => parseSubnet(text)).toThrow(RangeError);
    },
  );

  it('counts its addresses from either end', () => {
    const subnet = parseSubnet('10.200.0.16/28');
    expect([addressOf(subnet, 0), addressOf(subnet, 1), addressOf(subnet, -2)]).toEqual([
      '10.200.0.16',
      '10.200.0.17',
      '10.200.0.30',
    ]);
    expect(formatSubnet(firstHalf(subnet))).toBe('10.200.0.16/29');
  });
});

describe('the next free range', () => {
  it('is the first of the pool', () => {
    expect(free([])).toBe('10.200.0.0/28');
  });

  it('fills gaps, keeps to its own boundaries, and minds ranges of other sizes in any order', () => {
    expect(free(['10.200.0.0/28'])).toBe('10.200.0.16/28');
    expect(free(['10.200.0.32/28', '10.200.0.0/28'])).toBe('10.200.0.16/28');
    expect(free(['10.200.0.0/30'])).toBe('10.200.0.16/28');
    expect(free(['10.200.0.0/24', '10.200.1.0/28'])).toBe('10.200.1.16/28');
    expect(free(['10.200.0.0/28'], 24)).toBe('10.200.1.0/24');
    expect(free(['10.0.0.0/8'])).toBeUndefined();
    expect(free(['192.168.0.0/16', '10.100.0.0/16'])).toBe('10.200.0.0/28');
  });

  it('is not outside of the pool', () => {
    const small = parseSubnet('10.200.0.0/27');
    expect(free(['10.200.0.0/28'], 28, small)).toBe('10.200.0.16/28');
    expect(free(['10.200.0.0/28', '10.200.0.16/28'], 28, small)).toBeUndefined();
  });

  it('is found for 500 tenants with two networks each in the default pool, none meeting another', () => {
    const used: Subnet[] = [];
    for (let count = 0; count < 1000; count += 1) {
      const next = freeSubnet(pool, 28, used);
      if (next === undefined) throw new Error('the pool is full');
      used.push(next);
    }
    expect(new Set(used.map(({ first }) => first)).size).toBe(1000);
  });
});
