import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MeasurementChannel, MeasurementsQuery } from '#libs/contracts';
import { sqlState } from '#libs/database';
import { CodedError, type InputProblem } from '#libs/errors';
import type { MeasurementExport, ExportedPage } from './export-format.js';
import { areHoursWhole, selectChannels, selectPage, type ExportedChannel } from './export.queries.js';

/** Rows that are in memory at a time. */
const pageRows = 5_000;
const invalidParameter = '22023';

/** Reads measurements for programs, page by page, so that a year of seconds takes no more memory than a minute. */
@Injectable()
export class ExportService {
  constructor(private readonly dataSource: DataSource) {}

  async channels(): Promise<MeasurementChannel[]> {
    const found = await selectChannels(this.dataSource, null, null);
    return found.map(({ channel }) => channel);
  }

  /**
   * Nothing is read before the pages are asked for. No connection is held between two of them.
   * @throws CodedError NOT_FOUND naming each unknown channel, BODY_INVALID
   */
  async open(query: MeasurementsQuery): Promise<MeasurementExport> {
    const channels = await this.findChannels(query);
    const isHourly = await this.areHoursWhole(query);
    const { from, to, bucket, timeZone } = query;
    return {
      head: {
        from: from.toISOString(),
        to: to.toISOString(),
        bucket,
        timeZone,
        channels: channels.map(({ channel }) => channel),
      },
      pages: this.pages(query, isHourly, channels),
    };
  }

  private async *pages(
    { bucket, ...question }: MeasurementsQuery,
    isHourly: boolean,
    channels: readonly ExportedChannel[],
  ): AsyncGenerator<ExportedPage> {
    for (const { id, channel } of channels) {
      let after: Date | null = null;
      let isLast = false;
      while (!isLast) {
        const page = { ...question, channelId: id, after, limit: pageRows };
        const rows = await selectPage(this.dataSource, bucket, isHourly, page);
        if (rows.length > 0) yield { channel, rows };
        after = new Date(rows.at(-1)?.time ?? 0);
        isLast = rows.length < pageRows;
      }
    }
  }

  private async findChannels({ channelId, externalId }: MeasurementsQuery): Promise<ExportedChannel[]> {
    const found = await selectChannels(this.dataSource, channelId, externalId);
    const uids = new Set(found.map(({ channel }) => channel.channelId));
    const names = new Set(found.map(({ channel }) => channel.externalId));
    const unknown: InputProblem[] = [
      ...channelId
        .filter((id) => !uids.has(id.toLowerCase()))
        .map((id) => ({ path: 'channelId', message: `no channel has the id ${JSON.stringify(id)}` })),
      ...externalId
        .filter((id) => !names.has(id))
        .map((id) => ({
          path: 'externalId',
          message: `no channel has the external id ${JSON.stringify(id)}`,
        })),
    ];
    if (unknown.length === 0) return found;
    throw new CodedError('NOT_FOUND', { detail: 'not all channels are there', problems: unknown });
  }

  private async areHoursWhole({ from, to, timeZone }: MeasurementsQuery): Promise<boolean> {
    try {
      return await areHoursWhole(this.dataSource, from, to, timeZone);
    } catch (cause) {
      if (sqlState(cause) !== invalidParameter) throw cause;
      const problems = [{ path: 'timeZone', message: 'is not known to the database' }];
      throw new CodedError('BODY_INVALID', { problems, cause });
    }
  }
}
