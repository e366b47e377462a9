import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { SentMeasurementsResult } from '#libs/contracts';
import { isTransient, liftDecompressionLimit } from '#libs/database';
import { CodedError } from '#libs/errors';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import { PusherService } from '../fleet-push/pusher.service.js';
import { MeasurementWriter, type MeasurementColumns } from './measurement-writer.js';
import { lockChannels, type NamedChannel } from './receive.queries.js';
import { checkRows, namesOf } from './received-rows.js';

/** More would take a lock for each week's chunk in one transaction, and the lock table is shared by all. */
const mostWeeks = 100;
const weekMs = 7 * 24 * 3_600_000;

/** A file that is imported meanwhile may write the same rows in another order. */
const mostAttempts = 5;

/** Stores measurements that programs send. Sent again, they change nothing. */
@Injectable()
export class ReceiveService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pusher: PusherService,
  ) {}

  /** @throws CodedError MEASUREMENTS_SPREAD */
  async receive(rows: readonly unknown[]): Promise<SentMeasurementsResult> {
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await this.dataSource.transaction((manager) => store(manager, rows));
        if (result.accepted > 0) this.pusher.wake();
        return result;
      } catch (error) {
        if (!isTransient(error) || attempt === mostAttempts) throw error;
      }
    }
  }
}

async function store(manager: EntityManager, rows: readonly unknown[]): Promise<SentMeasurementsResult> {
  const outbox = await OutboxWriter.open(manager);
  const channels = await lockChannels(manager, namesOf(rows));
  const { good, repeated, errors } = checkRows(rows, finderOf(channels), Date.now());
  checkSpread(good);
  await liftDecompressionLimit(manager);
  const uids = channels.map(({ uid }) => uid);
  let accepted = 0;
  const writer = new MeasurementWriter(
    manager,
    channels.map(({ id }) => id),
    async (changed) => {
      accepted += changed.time.length;
      await outbox?.write(uids, changed);
    },
  );
  await writer.writeColumns(sorted(good));
  await writer.flush();
  const duplicates = good.time.length - accepted + repeated;
  return { accepted, duplicates, rejected: errors.length, errors };
}

function finderOf(channels: readonly NamedChannel[]) {
  const byUid = new Map(channels.map(({ uid }, index) => [uid, index]));
  const byExternalId = new Map<string, number>();
  for (const [index, { externalId }] of channels.entries()) {
    if (externalId !== null) byExternalId.set(externalId, index);
  }
  return { byUid, byExternalId };
}

function checkSpread({ time }: MeasurementColumns): void {
  const weeks = new Set(time.map((one) => Math.floor(one / weekMs))).size;
  if (weeks <= mostWeeks) return;
  throw new CodedError('MEASUREMENTS_SPREAD', { detail: `${weeks} weeks, at most ${mostWeeks}` });
}

/** By channel and time over all of the writer's blocks, so that two requests never wait for each other in a circle. */
function sorted({ channel, time, value }: MeasurementColumns): MeasurementColumns {
  const order = time
    .map((_, row) => row)
    .toSorted((a, b) => at(channel, a) - at(channel, b) || at(time, a) - at(time, b));
  const pick = (column: number[]) => order.map((row) => at(column, row));
  return { channel: pick(channel), time: pick(time), value: pick(value) };
}

function at(column: readonly number[], row: number): number {
  return column[row] as number;
}
