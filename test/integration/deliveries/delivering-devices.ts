import { v7 as uuid } from 'uuid';
import type { RunningApp } from '../running-app.js';

const minuteMs = 60_000;

/** One delivery of a device: minutes before now, and before now its newest measurement. */
export interface SeededDelivery {
  minutesAgo: number;
  sampleMinutesAgo?: number;
}

/** Adds a site of the time zone UTC. */
export async function addSite({ dataSource }: Pick<RunningApp, 'dataSource'>, slug: string): Promise<void> {
  await dataSource.query(
    `INSERT INTO monitoring.site (uid, slug, name, time_zone) VALUES ($1, $2, $3, 'UTC')`,
    [uuid(), slug, `Site ${slug}`],
  );
}

export async function addDevice(
  { dataSource }: Pick<RunningApp, 'dataSource'>,
  site: string,
  serial: string,
): Promise<void> {
  await dataSource.query(
    `INSERT INTO monitoring.device (uid, site_id, serial) SELECT $1, id, $3 FROM monitoring.site WHERE slug = $2`,
    [uuid(), site, serial],
  );
}

/** Records files as if they had been imported then, each by a run of its own. */
export async function deliver(
  { dataSource }: Pick<RunningApp, 'dataSource'>,
  site: string,
  serial: string,
  deliveries: readonly SeededDelivery[],
  { now = new Date(), status = 'imported' }: { now?: Date; status?: 'imported' | 'rejected' } = {},
): Promise<void> {
  for (const { minutesAgo, sampleMinutesAgo = minutesAgo } of deliveries) {
    const [runId, id] = [uuid(), uuid()];
    const at = new Date(now.getTime() - minutesAgo * minuteMs);
    const lastTime = new Date(now.getTime() - sampleMinutesAgo * minuteMs).toISOString();
    await dataSource.query(
      `INSERT INTO monitoring.import_run (id, trigger, started_at, finished_at) VALUES ($1, 'schedule', $2, $2)`,
      [runId, at],
    );
    await dataSource.query(
      `INSERT INTO monitoring.import_file (id, run_id, path, site, device, status, sha256, rows, points, rejected_rows,
         rejected_values, report, imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $9, 10, 100, 1, 2, $7, $8)`,
      [id, runId, `${site}/${serial}/${id}.tsv`, site, serial, status, { lastTime }, at, id],
    );
  }
}

/** One delivery every so many minutes, the newest so many ago. */
export function every(minutes: number, newestMinutesAgo: number, count = 5): SeededDelivery[] {
  return Array.from({ length: count }, (_, index) => ({ minutesAgo: newestMinutesAgo + index * minutes }));
}
