import { setTimeout as delay } from 'node:timers/promises';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import type { MeterFileHeader, MeterRows } from '#libs/meter-files';
import { OutboxWriter } from '../../../apps/portal/src/fleet-push/outbox-writer.js';
import { MeasurementWriter } from '../../../apps/portal/src/measurements/measurement-writer.js';
import { registerHeader } from '../../../apps/portal/src/sites/catalogue.js';
import type { Random } from './random.js';

/** What the writers did. */
interface Written {
  /** Rows in the portal's table. */
  stored: number;
  /** Rows that were written once more with another value. */
  corrected: number;
  committed: number;
  rolledBack: number;
  /** Transactions that were held open for a while before their commit. */
  slow: number;
}

const deviceCount = 10;
const channelCount = 10;
const minuteMs = 60_000;
const firstTime = Date.UTC(2025, 0, 1);
const writerCount = 3;

/** Writes measurements as an import does, several transactions at a time. */
class Writers {
  readonly #written: Written = { stored: 0, corrected: 0, committed: 0, rolledBack: 0, slow: 0 };
  /** Minutes of each device that have been written, from `firstTime`. */
  readonly #minutes = Array.from({ length: deviceCount }, () => 0);
  #rows = 0;
  #allowed = 0;
  readonly #running: Promise<void>[];

  constructor(
    private readonly portal: DataSource,
    private readonly random: Random,
    private readonly allowedRows: () => number,
  ) {
    this.#running = Array.from({ length: writerCount }, () => this.write());
  }

  /** Writes until there are so many rows, and returns when the last transaction has ended. */
  async finish(rows: number): Promise<Written> {
    this.#allowed = rows;
    await Promise.all(this.#running);
    const [table]: { stored: number }[] = await this.portal.query(
      'SELECT count(*)::float8 AS stored FROM monitoring.measurement',
    );
    return { ...this.#written, stored: table?.stored ?? 0 };
  }

  private async write(): Promise<void> {
    while (this.#allowed === 0 || this.#rows < this.#allowed) {
      if (this.#allowed === 0 && this.#rows > this.allowedRows()) {
        await delay(50);
        continue;
      }
      await this.writeBlock();
    }
  }

  /** One transaction: some minutes of one device, new ones or some of those that were written before. */
  private async writeBlock(): Promise<void> {
    const { random } = this;
    const device = random.integer(0, deviceCount - 1);
    const known = this.#minutes[device] as number;
    const correction = known > 0 && random.chance(0.2);
    const count = random.integer(1, random.chance(0.3) ? 900 : 120);
    const first = correction ? random.integer(Math.max(0, known - 2_000), known - 1) : known;
    if (!correction) this.#minutes[device] = known + count;
    const block = this.makeBlock(first, correction ? Math.min(count, known - first) : count);
    const fate = random.next();
    const committed = await this.store(device, block, fate);
    if (!committed) {
      // New minutes must not stay away because their transaction did: they are written again.
      if (!correction && !(await this.store(device, block, 1)))
        throw new Error('the portal’s database is gone');
      return;
    }
    if (correction) this.#written.corrected += block.rowCount * channelCount;
    else this.#rows += block.rowCount * channelCount;
  }

  private makeBlock(firstMinute: number, rowCount: number): MeterRows {
    const times = Float64Array.from(
      { length: rowCount },
      (_, row) => firstTime + (firstMinute + row) * minuteMs,
    );
    const values = Float64Array.from(
      { length: rowCount * channelCount },
      () => this.random.integer(-1e6, 1e6) / 7,
    );
    return { rowCount, times, values };
  }

  /** @returns false when the transaction was rolled back, by its own wish or as one of two that waited for each other */
  private async store(device: number, block: MeterRows, fate: number): Promise<boolean> {
    try {
      await this.portal.transaction(async (manager) => {
        await writeRows(manager, headerOf(device, fate < 0.05 ? this.random.integer(1, 9) : 0), block);
        if (fate < 0.1) throw new RolledBack();
        if (fate < 0.25) {
          this.#written.slow += 1;
          await delay(this.random.integer(20, 2_500));
        }
      });
    } catch (error) {
      if (!(error instanceof RolledBack) && !isDeadlock(error)) throw error;
      this.#written.rolledBack += 1;
      return false;
    }
    this.#written.committed += 1;
    return true;
  }
}

class RolledBack extends Error {}

function isDeadlock(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '40P01';
}

/**
 * @param allowedRows how many rows may be written by now
 */
export function startWriters(portal: DataSource, random: Random, allowedRows: () => number): Writers {
  return new Writers(portal, random, allowedRows);
}

async function writeRows(manager: EntityManager, header: MeterFileHeader, block: MeterRows): Promise<void> {
  const outbox = await OutboxWriter.open(manager);
  const site = `site-${Number(header.masterSerial) % 3}`;
  const { channels, changed } = await registerHeader(manager, site, 'UTC', header);
  await outbox?.announce(changed);
  const keys = channels.map(({ id }) => id);
  const uids = channels.map(({ pushed }) => pushed.id);
  const measurements = new MeasurementWriter(manager, keys, async (rows) => outbox?.write(uids, rows));
  await measurements.write(block);
  await measurements.flush();
}

/** @param edition of the channels' names, which installers change at the meter now and then */
function headerOf(device: number, edition: number): MeterFileHeader {
  const masterSerial = String(2_001_000 + device);
  const channels = Array.from({ length: channelCount }, (_, channel) => ({
    column: channel + 1,
    deviceSerial: masterSerial,
    isMaster: true,
    label: `U${channel + 1}`,
    name: edition === 0 ? `Phase ${channel + 1}` : `Phase ${channel + 1} (${edition})`,
    unit: 'V',
    quantity: 'voltage',
  }));
  return { format: 'MV_T302_V002', masterSerial, channels, metadata: {}, timeZone: 'UTC' };
}
