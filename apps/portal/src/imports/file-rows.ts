import type { EntityManager } from 'typeorm';
import type { MeterFileHeader, MeterFileReport, MeterRows } from '#libs/meter-files';
import type { OutboxWriter } from '../fleet-push/outbox-writer.js';
import { MeasurementWriter } from '../measurements/measurement-writer.js';
import type { FileRows } from '../measurements/sorted-rows.js';
import { registerHeader } from '../sites/catalogue.js';
import type { FileContent } from './file-content.js';

/** Values of small files that are written together. */
const togetherValues = 100_000;

/** Writes the rows of files in one transaction; those of small ones together. */
export class FileRowsWriter {
  private readonly measurements: MeasurementWriter;
  /** By the writer's channels. */
  private readonly uids: string[] = [];
  private waiting: FileRows[] = [];
  private waitingValues = 0;
  private last: { key: string; channels: readonly number[] } | undefined;

  /** @param timeZoneOf zone of a site that a file's header creates */
  constructor(
    private readonly manager: EntityManager,
    private readonly outbox: OutboxWriter | undefined,
    private readonly timeZoneOf: (header: MeterFileHeader) => string,
  ) {
    const tell: ConstructorParameters<typeof MeasurementWriter>[2] =
      outbox && ((rows) => outbox.write(this.uids, rows));
    this.measurements = new MeasurementWriter(manager, [], tell);
  }

  /**
   * @param slug of the file's site
   * @throws CodedError as `readMeterFile` and `registerHeader`; of a whole file nothing was written then
   */
  write(slug: string, { parse, isWhole }: FileContent): Promise<MeterFileReport> {
    let channels: readonly number[] = [];
    return parse({
      onHeader: async (header) => {
        channels = await this.channelsOf(slug, header);
      },
      onRows: (rows) =>
        isWhole ? this.keep({ rows, channels }) : this.measurements.writeFiles([{ rows, channels }]),
    });
  }

  /** Writes what is left; call once after the last file. */
  async flush(): Promise<void> {
    await this.writeWaiting();
    await this.measurements.flush();
  }

  /** Waits for what is being written, whatever becomes of it: nothing may still come when the transaction is rolled back. */
  settle(): Promise<void> {
    return this.measurements.settle();
  }

  /** A meter's files follow each other, and mostly name the same channels. */
  private async channelsOf(slug: string, header: MeterFileHeader): Promise<readonly number[]> {
    const key = JSON.stringify([slug, header.masterSerial, header.channels]);
    if (this.last?.key === key) return this.last.channels;
    const timeZone = this.timeZoneOf(header);
    const { channels: found, changed } = await registerHeader(this.manager, slug, timeZone, header);
    await this.outbox?.announce(changed);
    const channels = this.measurements.addChannels(found.map(({ id }) => id));
    for (const [index, channel] of channels.entries()) this.uids[channel] = found[index]?.pushed.id ?? '';
    this.last = { key, channels };
    return channels;
  }

  private async keep(part: { rows: MeterRows; channels: readonly number[] }): Promise<void> {
    this.waiting.push(part);
    this.waitingValues += part.rows.rowCount * part.channels.length;
    if (this.waitingValues >= togetherValues) await this.writeWaiting();
  }

  private async writeWaiting(): Promise<void> {
    const parts = this.waiting;
    this.waiting = [];
    this.waitingValues = 0;
    if (parts.length > 0) await this.measurements.writeFiles(parts);
  }
}
