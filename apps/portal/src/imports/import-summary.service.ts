import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { maxSummaryDays, type ImportSummary, type ImportSummaryQuery } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { DeliveriesService, type DeliveryState } from '../deliveries/deliveries.service.js';
import { selectSummary, type SummaryRow } from './import-summary.queries.js';

const dayMs = 86_400_000;
const usualDays = 30;

type DeviceSummary = ImportSummary['devices'][number];

const nothing: ImportSummary['totals'] = {
  files: 0,
  imported: 0,
  rejected: 0,
  rows: 0,
  points: 0,
  rejectedRows: 0,
  rejectedValues: 0,
};

/** What imports come to, by day and by device. */
@Injectable()
export class ImportSummaryService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly deliveries: DeliveriesService,
  ) {}

  /** @throws CodedError BODY_INVALID for a range that is upside down or too long */
  async summarise(query: ImportSummaryQuery, now: Date): Promise<ImportSummary> {
    const { from, to } = rangeOf(query, now);
    const { timeZone, site = null } = query;
    const rows = await selectSummary(this.dataSource.manager, { from, to, timeZone, site });
    const states = await this.deliveries.list(now);
    const watched = states.filter(({ siteSlug }) => site === null || siteSlug === site);
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      totals: rows.find(({ what }) => what === 'all')?.counts ?? nothing,
      days: rows.flatMap(({ day, counts }) => (day === null ? [] : [{ day, ...counts }])),
      devices: devicesOf(
        rows.filter(({ what }) => what === 'device'),
        watched,
      ),
    };
  }
}

function rangeOf(query: ImportSummaryQuery, now: Date): { from: Date; to: Date } {
  const to = query.to === undefined ? now : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - usualDays * dayMs) : new Date(query.from);
  const days = (to.getTime() - from.getTime()) / dayMs;
  const message =
    days <= 0
      ? 'must be after from'
      : days > maxSummaryDays
        ? `must be at most ${maxSummaryDays} days after from`
        : undefined;
  if (message !== undefined) throw new CodedError('BODY_INVALID', { problems: [{ path: 'to', message }] });
  return { from, to };
}

function devicesOf(rows: readonly SummaryRow[], states: readonly DeliveryState[]): DeviceSummary[] {
  const found = new Map<string, DeviceSummary>();
  for (const { siteSlug: site, serial: device, lastAt, everySeconds, overdueSince } of states) {
    found.set(keyOf(site, device), {
      site,
      device,
      ...nothing,
      newestFileAt: lastAt.toISOString(),
      everySeconds,
      overdueSince: overdueSince?.toISOString() ?? null,
    });
  }
  for (const { site, device, counts, newestAt } of rows) {
    const key = keyOf(site, device);
    const known = found.get(key) ?? {
      newestFileAt: newestAt?.toISOString() ?? null,
      everySeconds: null,
      overdueSince: null,
    };
    found.set(key, { ...known, site, device, ...counts });
  }
  return [...found.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, summary]) => summary);
}

/** Neither a short name nor a serial number holds a control character. */
function keyOf(site: string | null, device: string | null): string {
  return `${site ?? ''}\u0000${device ?? ''}`;
}
