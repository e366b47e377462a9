import { z } from 'zod';
import type { SentRowError } from '#libs/contracts';
import type { MeasurementColumns } from './measurement-writer.js';

/** Finds a channel by what a row calls it: its index in the writer's channels, or undefined. */
export interface ChannelFinder {
  byExternalId: ReadonlyMap<string, number>;
  /** By uid in lower case. */
  byUid: ReadonlyMap<string, number>;
}

/** Rows that can be stored, and those that cannot, by name. */
export interface ReceivedRows {
  good: MeasurementColumns;
  /** Rows that repeat an earlier one with the same value. */
  repeated: number;
  errors: SentRowError[];
}

type Problem = Omit<SentRowError, 'row'>;
type Reading = { channel: number; time: number; value: number };
type Row = Partial<Record<'externalId' | 'channelId' | 'time' | 'value', unknown>>;

const earliest = Date.UTC(2000, 0, 1);
const furthestAheadMs = 24 * 3_600_000;
const fields = new Set(['externalId', 'channelId', 'time', 'value']);
const instantWithOffset = z.iso.datetime({ offset: true });

/** What the rows call their channels, as far as it can be the name of one. */
export function namesOf(rows: readonly unknown[]): { externalIds: string[]; uids: string[] } {
  const externalIds = new Set<string>();
  const uids = new Set<string>();
  for (const row of rows) {
    if (!isRow(row)) continue;
    // PostgreSQL's text has no NUL.
    if (typeof row.externalId === 'string' && !row.externalId.includes('\0')) externalIds.add(row.externalId);
    const uid = z.uuid().safeParse(row.channelId).data;
    if (uid !== undefined) uids.add(uid.toLowerCase());
  }
  return { externalIds: [...externalIds], uids: [...uids] };
}

/** @param now epoch milliseconds */
export function checkRows(rows: readonly unknown[], channels: ChannelFinder, now: number): ReceivedRows {
  const good: MeasurementColumns = { channel: [], time: [], value: [] };
  const errors: SentRowError[] = [];
  const seen = new Map<string, { row: number; value: number }>();
  let repeated = 0;
  for (const [row, given] of rows.entries()) {
    const checked = checkRow(given, channels, now + furthestAheadMs);
    if ('code' in checked) {
      errors.push({ row, ...checked });
      continue;
    }
    const { channel, time, value } = checked;
    const earlier = seen.get(`${channel} ${time}`);
    if (earlier === undefined) {
      seen.set(`${channel} ${time}`, { row, value });
      good.channel.push(channel);
      good.time.push(time);
      good.value.push(value);
    } else if (earlier.value === value) {
      repeated += 1;
    } else {
      const message = `row ${earlier.row} has another value for the same channel and time`;
      errors.push({ row, code: 'DUPLICATE_IN_REQUEST', message });
    }
  }
  return { good, repeated, errors };
}

function checkRow(row: unknown, channels: ChannelFinder, latest: number): Reading | Problem {
  if (!isRow(row)) return { code: 'ROW_INVALID', message: 'must be an object' };
  const unknown = Object.keys(row).find((field) => !fields.has(field));
  if (unknown !== undefined) {
    const message = `has no field ${shown(unknown)}: ${[...fields].join(', ')}`;
    return { code: 'ROW_INVALID', message };
  }
  const channel = findChannel(row, channels);
  if (typeof channel !== 'number') return channel;
  const time = readTime(row.time);
  if (time === undefined) {
    const message = 'time must be ISO 8601 with Z or an offset, or whole epoch milliseconds';
    return { code: 'TIME_INVALID', message };
  }
  if (time < earliest) return { code: 'TIME_OUT_OF_RANGE', message: 'time is before the year 2000' };
  if (time > latest) return { code: 'TIME_OUT_OF_RANGE', message: 'time is more than 24 h ahead' };
  if (typeof row.value !== 'number' || !Number.isFinite(row.value)) {
    return { code: 'VALUE_INVALID', message: 'value must be a finite number' };
  }
  return { channel, time, value: row.value };
}

function findChannel({ externalId, channelId }: Row, channels: ChannelFinder): number | Problem {
  if ((externalId === undefined) === (channelId === undefined)) {
    return { code: 'ROW_INVALID', message: 'must have externalId or channelId' };
  }
  const [field, name] = externalId === undefined ? ['channelId', channelId] : ['externalId', externalId];
  if (typeof name !== 'string' || name === '') {
    return { code: 'ROW_INVALID', message: `${field} must be text` };
  }
  if (field === 'channelId') {
    const message = `no channel has the id ${shown(name)}`;
    return channels.byUid.get(name.toLowerCase()) ?? { code: 'UNKNOWN_CHANNEL', message };
  }
  const message = `no channel has the external id ${shown(name)}`;
  return channels.byExternalId.get(name) ?? { code: 'UNKNOWN_CHANNEL', message };
}

function readTime(time: unknown): number | undefined {
  if (typeof time === 'number') return Number.isInteger(time) ? time : undefined;
  const { data } = instantWithOffset.safeParse(time);
  return data === undefined ? undefined : Date.parse(data);
}

function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && !Array.isArray(row);
}

/** What was sent, quoted, and not longer than anyone reads. */
function shown(text: string): string {
  return JSON.stringify(text.slice(0, 300));
}
