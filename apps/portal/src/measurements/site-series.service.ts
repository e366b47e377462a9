import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SiteSeries, SiteSeriesQuery } from '#libs/contracts';
import { countedChannels, measuringChannels } from './counted-channels.js';
import { overlay, previousPeriod, type Period } from './previous-period.js';
import { chooseResolution, maxPoints, type Resolution } from './resolution.js';
import { countSamples, selectLines, type LineRow } from './series.queries.js';
import { findSiteChannels, pickChannels, type SiteChannel, type SiteWithChannels } from './site-channels.js';
import { localDays } from './zone-clock.js';

type Series = SiteSeries['series'];

/** Channels of a chart, and how they are added up: null for a line each. */
interface Chosen {
  channels: SiteChannel[];
  factors: number[] | null;
}

/** Lines over time for the charts of a site. */
@Injectable()
export class SiteSeriesService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws CodedError NOT_FOUND, BODY_INVALID for channels of another site */
  async find(siteId: string, query: SiteSeriesQuery): Promise<SiteSeries> {
    const site = await findSiteChannels(this.dataSource, siteId);
    const { timeZone } = site;
    const chosen = choose(site, query);
    const period = { from: Date.parse(query.from), to: Date.parse(query.to) };
    const resolution = await this.resolutionOf(chosen, period, query.by);
    const before = query.compare === undefined ? undefined : previousPeriod(timeZone, period);
    const series = await this.lines(timeZone, chosen, period, resolution);
    return {
      timeZone,
      ...isoPeriod(period),
      resolution: resolution.kind,
      bucketSeconds: bucketSecondsOf(resolution),
      channelCount: chosen.channels.length,
      series,
      previous:
        before === undefined ? null : await this.previous(timeZone, chosen, before, period, resolution),
    };
  }

  private async resolutionOf(
    { channels }: Chosen,
    { from, to }: Period,
    by: SiteSeriesQuery['by'],
  ): Promise<Resolution> {
    const spanSeconds = (to - from) / 1_000;
    const periods = channels.flatMap(({ periodSeconds }) => periodSeconds ?? []);
    const expected = spanSeconds / Math.min(...periods, spanSeconds);
    // Far too many to be shown: nobody needs to count them.
    const areMany = expected > 10 * maxPoints;
    const { most, all } = areMany
      ? { most: expected, all: expected * channels.length }
      : await countSamples(
          this.dataSource,
          channels.map(({ key }) => key),
          new Date(from),
          new Date(to),
        );
    const longestPeriodSeconds = Math.max(0, ...periods);
    return chooseResolution({ spanSeconds, mostSamples: most, allSamples: all, longestPeriodSeconds }, by);
  }

  private async lines(
    timeZone: string,
    { channels, factors }: Chosen,
    { from, to }: Period,
    resolution: Resolution,
  ): Promise<Series> {
    if (channels.length === 0) return [];
    const starts = localDays(timeZone, from, to).map(({ start }) => start);
    const relation = starts.every((start) => start % 3_600_000 === 0)
      ? 'measurement_hourly'
      : 'measurement_15min';
    const rows = await selectLines(
      this.dataSource,
      {
        keys: channels.map(({ key }) => key),
        factors,
        from: new Date(from),
        to: new Date(to),
        days: { starts: starts.map((start) => new Date(start)), relation },
      },
      resolution,
    );
    return rows.map((row) => lineOf(row, channels));
  }

  private async previous(
    timeZone: string,
    chosen: Chosen,
    before: Period,
    now: Period,
    resolution: Resolution,
  ): Promise<SiteSeries['previous']> {
    const lines = await this.lines(timeZone, chosen, before, resolution);
    const series = lines.map((line) => ({ ...line, ...overlay(timeZone, line, before, now) }));
    return { ...isoPeriod(before), series };
  }
}

/** A total adds up power: registers and other quantities are lines of their own. */
function choose(site: SiteWithChannels, { channel, by }: SiteSeriesQuery): Chosen {
  const picked = channel === undefined ? undefined : pickChannels(site, channel);
  if (by === 'channel') {
    return { channels: picked ?? countedChannels(site.channels).map((one) => one.channel), factors: null };
  }
  const counted = picked === undefined ? countedChannels(site.channels) : measuringChannels(picked);
  const power = counted.filter(({ kind }) => kind === 'power');
  return { channels: power.map((one) => one.channel), factors: power.map(({ factor }) => factor) };
}

function lineOf({ key, times, values }: LineRow, channels: readonly SiteChannel[]): Series[number] {
  const channel = channels.find((one) => one.key === key);
  return { channelId: channel?.id ?? null, unit: channel?.unit ?? 'W', times, values };
}

function bucketSecondsOf(resolution: Resolution): number | null {
  if (resolution.kind === 'samples') return null;
  return resolution.kind === 'days' ? 86_400 : resolution.seconds;
}

function isoPeriod({ from, to }: Period): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
