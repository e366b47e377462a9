/** A range of IPv4 addresses: the first as a number, and the length of its prefix. */
export interface Subnet {
  first: number;
  prefix: number;
}

/** Reads `10.200.0.0/14`. @throws RangeError for anything else, also for a range that does not begin at its first address */
export function parseSubnet(text: string): Subnet {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const bytes = found?.slice(1, 5).map(Number) ?? [];
  const prefix = Number(found?.[5]);
  const first = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  if (found === null || bytes.some((byte) => byte > 255) || prefix > 32 || first % size(prefix) !== 0) {
    throw new RangeError(`not a range of addresses such as 10.200.0.0/14: ${text}`);
  }
  return { first, prefix };
}

export function formatSubnet({ first, prefix }: Subnet): string {
  return `${formatAddress(first)}/${prefix}`;
}

/** The `index`-th address of the range; negative ones count from its end, which is -1. */
export function addressOf(subnet: Subnet, index: number): string {
  return formatAddress(subnet.first + (index < 0 ? size(subnet.prefix) : 0) + index);
}

/** The first half of the range, as a range. */
export function firstHalf({ first, prefix }: Subnet): Subnet {
  return { first, prefix: prefix + 1 };
}

/** The first range of `prefix` in `pool` that meets none of `used`; undefined when there is none. */
export function freeSubnet(pool: Subnet, prefix: number, used: readonly Subnet[]): Subnet | undefined {
  const step = size(prefix);
  let candidate = pool.first;
  for (const range of used.toSorted((a, b) => a.first - b.first)) {
    if (candidate + step <= range.first) break;
    candidate = Math.max(candidate, Math.ceil((range.first + size(range.prefix)) / step) * step);
  }
  return candidate + step <= pool.first + size(pool.prefix) ? { first: candidate, prefix } : undefined;
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
