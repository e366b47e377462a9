import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { PushBatch } from '#libs/contracts';
import type { MeasurementColumns } from '../measurements/measurement-writer.js';
import type { CatalogueEntry } from '../sites/catalogue.js';

const compress = promisify(gzip);

/**
 * Writes what Admin has to hear of into the outbox, in the transaction that changes the data.
 * An entry is ready to send: it names the site, devices and channels of its rows, so that it needs no other entry.
 */
export class OutboxWriter {
  #announced = false;

  /** @param batchRows most measurements in one entry */
  constructor(
    private readonly manager: EntityManager,
    private readonly catalogue: CatalogueEntry,
    private readonly batchRows: number,
  ) {}

  async write(rows: MeasurementColumns): Promise<void> {
    for (let start = 0; start < rows.time.length; start += this.batchRows) {
      await this.writeEntry(slice(rows, start, start + this.batchRows));
    }
  }

  /** Announces a created or renamed site, device or channel that has no measurements yet. */
  async finish(): Promise<void> {
    if (this.catalogue.changed && !this.#announced)
      await this.writeEntry({ channel: [], time: [], value: [] });
  }

  private async writeEntry(rows: MeasurementColumns): Promise<void> {
    this.#announced = true;
    const [state]: { streamId: string }[] = await this.manager.query(
      `SELECT stream_id AS "streamId" FROM monitoring.fleet_push_state`,
    );
    const channels = this.catalogue.channels.map((channel) => channel.pushed);
    const batch: PushBatch = {
      version: 1,
      streamId: state?.streamId ?? '',
      sites: [this.catalogue.site],
      devices: this.catalogue.devices,
      channels,
      measurements: {
        channels: channels.map((channel) => channel.id),
        channelIndex: rows.channel,
        time: rows.time,
        value: rows.value,
      },
    };
    const payload = await compress(JSON.stringify(batch));
    await this.manager.query(
      `INSERT INTO monitoring.outbox (idempotency_key, rows, payload) VALUES ($1, $2, $3)`,
      [uuid(), rows.time.length, payload],
    );
  }
}

function slice(rows: MeasurementColumns, start: number, end: number): MeasurementColumns {
  return {
    channel: rows.channel.slice(start, end),
    time: rows.time.slice(start, end),
    value: rows.value.slice(start, end),
  };
}
