import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { selectDeliveringDevices, selectWeeksBefore, type DeliveringDevice } from './deliveries.queries.js';
import { habitSeconds, overdueFrom, type Delivery } from './overdue.js';

/** How a device delivers. */
export interface DeliveryState extends Pick<
  DeliveringDevice,
  'id' | 'uid' | 'serial' | 'name' | 'siteUid' | 'siteSlug' | 'siteName'
> {
  lastAt: Date;
  /** Its habit; null while there are too few deliveries. */
  everySeconds: number | null;
  /** Null while it is not overdue. */
  overdueSince: Date | null;
}

interface Asked {
  siteUid?: string;
  /** The manager of the transaction under way. */
  manager?: EntityManager;
}

/** Which devices deliver, how often, and which are overdue. It is derived each time: nothing can be out of step. */
@Injectable()
export class DeliveriesService {
  constructor(private readonly dataSource: DataSource) {}

  /** Devices that are watched, at sites that are not archived, and have delivered at least once. */
  async list(now: Date, { siteUid, manager }: Asked = {}): Promise<DeliveryState[]> {
    const database = manager ?? this.dataSource.manager;
    const devices = await selectDeliveringDevices(database, siteUid ?? null);
    const states = devices.map(stateOf);
    await judge(database, devices, states, now);
    return states;
  }
}

function stateOf({ arrivals, samples, timeZone: _timeZone, ...device }: DeliveringDevice): DeliveryState {
  const deliveries = arrivals.map((at, index): Delivery => {
    const sample = samples[index] ?? null;
    return { at: instantOf(at), newestSample: sample === null ? null : instantOf(sample) };
  });
  return {
    ...device,
    lastAt: deliveries[0]?.at ?? new Date(0),
    everySeconds: habitSeconds(deliveries),
    overdueSince: null,
  };
}

/** Weeks before are looked up only of those that would be overdue without them. */
async function judge(
  database: EntityManager,
  devices: readonly DeliveringDevice[],
  states: readonly DeliveryState[],
  now: Date,
): Promise<void> {
  const late = states.flatMap((state, index) => {
    const habit = state.everySeconds;
    const timeZone = devices[index]?.timeZone ?? 'UTC';
    if (habit === null) return [];
    const silence = { lastAt: state.lastAt, habitSeconds: habit };
    const isLate = overdueFrom({ ...silence, weeksBefore: [] }) <= now;
    return isLate ? [{ state, silence, timeZone }] : [];
  });
  if (late.length === 0) return;
  const weeks = await selectWeeksBefore(
    database,
    late.map(({ state, silence, timeZone }) => ({ ...state, ...silence, timeZone })),
  );
  for (const [index, { state, silence }] of late.entries()) {
    const since = overdueFrom({ ...silence, weeksBefore: weeks[index] ?? [] });
    state.overdueSince = since <= now ? since : null;
  }
}

function instantOf(seconds: number): Date {
  return new Date(Math.round(seconds * 1_000));
}
