import type { BillProblem } from '#libs/contracts';
import type { LoadCandidate } from './load.queries.js';

/** A channel that counts for a bill. */
export interface LoadChannel extends LoadCandidate {
  /** From when on another device measures in its place, epoch milliseconds; null where none does. */
  replacedMs: number | null;
}

export interface LoadChoice {
  channels: LoadChannel[];
  /** Those whose end the bill names, as from then on they are not missed. */
  ended: LoadCandidate[];
}

/** Old and new meter may both measure for so long while one is exchanged for the other. */
const exchangeMs = 3_600_000;

/**
 * Which channels count in `[fromMs, toMs)`: of those that were there, the best of every device. A channel is there from
 * its first sample on, until another device measures in its place; one that ended before and has measured nothing since
 * is not. Where none was there, all count, and all is missing.
 */
export function chooseLoadChannels(
  candidates: readonly LoadCandidate[],
  fromMs: number,
  toMs: number,
): LoadChoice {
  const all = candidates.map((one) => ({ ...one, replacedMs: replacedAt(one, candidates) }));
  const begun = all.filter(({ firstMs }) => firstMs < toMs);
  const there = begun.filter(({ lastMs }) => lastMs >= fromMs);
  if (!there.some(isActive)) return { channels: bestOf(all), ended: [] };
  const channels = bestOf(there);
  const replaced = channels.filter(({ replacedMs }) => replacedMs !== null && replacedMs < toMs);
  const devices = new Set(channels.filter(isActive).map(({ deviceSerial }) => deviceSerial));
  const silent = begun.filter(
    ({ deviceSerial, replacedMs }) => !devices.has(deviceSerial) && replacedMs === null,
  );
  return { channels, ended: [...replaced, ...bestOf(silent)].filter(isActive) };
}

/** How a bill names a channel that ended. */
export function endProblem({ deviceSerial, name, lastMs }: LoadCandidate): BillProblem {
  return { code: 'CHANNEL_ENDED', deviceSerial, name, lastTime: new Date(lastMs).toISOString() };
}

/** When another device began to measure after the channel's last sample; null where none did. */
function replacedAt(
  { deviceSerial, family, lastMs }: LoadCandidate,
  candidates: readonly LoadCandidate[],
): number | null {
  const begun = candidates
    .filter((other) => other.deviceSerial !== deviceSerial && other.family === family)
    .map(({ firstMs }) => firstMs)
    .filter((firstMs) => Number.isFinite(firstMs) && firstMs >= lastMs - exchangeMs);
  return begun.length === 0 ? null : Math.max(lastMs, Math.min(...begun));
}

/**
 * The rule of docs/explanation/fleet-energy.md: of every device the best kind of channel counts, and of that kind all:
 * power called total, else all power, else registers called total, else all registers.
 */
function bestOf<T extends LoadCandidate>(channels: readonly T[]): T[] {
  const rank = ({ kind, isTotal }: T) => (kind === 'power' ? 0 : 2) + (isTotal ? 0 : 1);
  const groupOf = ({ deviceSerial, family }: T) => JSON.stringify([deviceSerial, family]);
  const groups = Map.groupBy(channels, groupOf);
  return channels.filter((channel) => {
    const group = groups.get(groupOf(channel)) ?? [];
    return rank(channel) === Math.min(...group.map(rank));
  });
}

function isActive({ family }: LoadCandidate): boolean {
  return family === 'active';
}
