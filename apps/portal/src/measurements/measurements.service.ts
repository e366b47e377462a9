import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MeasurementSeries } from '#libs/contracts';
import { countSamples, selectBuckets, selectSamples, type SeriesRow } from './measurements.queries.js';

/** More points than this no chart shows. */
const maxPoints = 2_000;
const bucketChoices = [60, 300, 900, 3_600, 10_800, 86_400];

export interface SeriesQuestion {
  channels: string[];
  from: Date;
  to: Date;
}

@Injectable()
export class MeasurementsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Stored samples where they are few enough, else means by bucket from the rollups. */
  async series({ channels, from, to }: SeriesQuestion): Promise<MeasurementSeries> {
    const count = await countSamples(this.dataSource, channels, from, to);
    const bucketSeconds = count <= maxPoints ? null : chooseBucket(from, to);
    const rows =
      bucketSeconds === null
        ? await selectSamples(this.dataSource, channels, from, to)
        : await selectBuckets(this.dataSource, channels, from, to, bucketSeconds);
    return { from: from.toISOString(), to: to.toISOString(), series: groupByChannel(rows, bucketSeconds) };
  }
}

function chooseBucket(from: Date, to: Date): number {
  const seconds = (to.getTime() - from.getTime()) / 1_000;
  return bucketChoices.find((bucket) => seconds / bucket <= maxPoints) ?? 86_400;
}

function groupByChannel(rows: SeriesRow[], bucketSeconds: number | null): MeasurementSeries['series'] {
  const series = new Map<string, MeasurementSeries['series'][number]>();
  for (const { channelUid, unit, time, value } of rows) {
    let one = series.get(channelUid);
    if (one === undefined) {
      one = { channelId: channelUid, unit, bucketSeconds, times: [], values: [] };
      series.set(channelUid, one);
    }
    one.times.push(time);
    one.values.push(value);
  }
  return [...series.values()];
}
