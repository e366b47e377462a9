import { emptySeries, type LoadProfile } from '#libs/tariffs';
import type { SiteSlots } from '../measurements/site-energy.service.js';

/**
 * The load of slots from minute `start` to `end`, evenly over each; over more where the samples are further apart than
 * slots are long.
 */
export function profileOfSlots(
  { slots, slotSeconds, channelCount }: SiteSlots,
  start: number,
  end: number,
): LoadProfile {
  const active = emptySeries(end - start);
  active.channels = channelCount;
  for (const { time, energyWh, coveredSeconds, channels } of slots) {
    const length = Math.max(slotSeconds / 60, Math.round(coveredSeconds / 60 / Math.max(channels, 1)));
    const first = Math.round(time / 60_000) - start;
    for (let index = first; index < Math.min(first + length, end - start); index++) {
      active.amount[index] = (active.amount[index] as number) + energyWh / 1_000 / length;
      active.covered[index] = (active.covered[index] as number) + coveredSeconds / 60 / length;
    }
  }
  return { start, minutes: end - start, active };
}
