import type { DataSource } from 'typeorm';
import {
  emptySeries,
  integratePower,
  integrateRegister,
  markAbsent,
  type ChannelIntegrator,
  type LoadProfile,
} from '#libs/tariffs';
import type { LoadChannel } from './load-channels.js';
import { readWindow, selectNearest, selectUsualPeriod, type Sample } from './load.queries.js';

/** Samples that are held in memory at once, about; beside them a profile has 16 bytes for each minute. */
const windowSamples = 50_000;
const dayMs = 86_400_000;
/** How far a register is looked for beyond the ends of the period. */
const registerReachMs = 31 * dayMs;
/** Where the data does not tell how often a channel is sampled. */
const unknownPeriodSeconds = 900;

/**
 * Integrates the stored samples of the channels, one channel and one window of time after the other.
 * @param start first minute, since 1970 UTC
 */
export async function readLoad(
  dataSource: DataSource,
  channels: readonly LoadChannel[],
  start: number,
  end: number,
): Promise<LoadProfile> {
  const minutes = end - start;
  const families = new Set(channels.map(({ family }) => family));
  const profile: LoadProfile = {
    start,
    minutes,
    active: emptySeries(minutes),
    ...(families.has('reactive') ? { reactive: emptySeries(minutes) } : {}),
    ...(families.has('apparent') ? { apparent: emptySeries(minutes) } : {}),
  };
  for (const channel of channels) await readChannel(dataSource, channel, profile);
  return profile;
}

async function readChannel(dataSource: DataSource, channel: LoadChannel, profile: LoadProfile) {
  const from = profile.start * 60_000;
  const to = from + profile.minutes * 60_000;
  const periodMs = 1_000 * (await samplePeriodSeconds(dataSource, channel, from, to));
  const series = profile[channel.family];
  if (series === undefined) return;
  const holdMs = 2 * periodMs;
  const target = { series, startMinute: profile.start, holdMs, kilo: channel.kilo };
  const integrator = channel.kind === 'power' ? integratePower(target) : integrateRegister(target);
  const reachMs = channel.kind === 'power' ? holdMs : registerReachMs;
  const nearest = (begin: number, end: number, order: 'first' | 'last') =>
    selectNearest(dataSource, channel.key, new Date(begin), new Date(end), order);
  add(integrator, await nearest(from - reachMs, from, 'last'));
  const windowMs = Math.min(31 * dayMs, Math.max(3_600_000, windowSamples * periodMs));
  for (let begin = from; begin < to; begin += windowMs) {
    const window = [new Date(begin), new Date(Math.min(to, begin + windowMs))] as const;
    await readWindow(dataSource, channel.key, window, (time, value) => integrator.add(time, value));
  }
  if (channel.kind === 'register') add(integrator, await nearest(to, to + reachMs, 'first'));
  // The last sample of a meter holds no longer than until another measures in its place.
  if (channel.replacedMs !== null) integrator.add(channel.replacedMs, Number.NaN);
  integrator.finish();
  markAbsent(target, Number.NEGATIVE_INFINITY, channel.firstMs);
  if (channel.replacedMs !== null) markAbsent(target, channel.replacedMs, Number.POSITIVE_INFINITY);
}

async function samplePeriodSeconds(
  dataSource: DataSource,
  { samplePeriodSeconds: known, key }: LoadChannel,
  from: number,
  to: number,
): Promise<number> {
  if (known !== null && known > 0) return known;
  const usual = await selectUsualPeriod(dataSource, key, new Date(from), new Date(to));
  return usual ?? unknownPeriodSeconds;
}

function add(integrator: ChannelIntegrator, sample: Sample | undefined): void {
  if (sample !== undefined) integrator.add(sample.time, sample.value);
}
