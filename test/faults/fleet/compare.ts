import type { DataSource } from 'typeorm';

/** What differs between the portal's table and Admin's. All zero is what exactly once means. */
export interface Difference {
  /** Rows that both tables hold, alike. */
  equal: number;
  /** In the portal only. */
  lost: number;
  /** In Admin only, or in Admin twice under different keys. */
  doubled: number;
  /** In both, with different values. */
  altered: number;
}

interface Row {
  time: number;
  value: number;
}

/** Compares every row of every channel; the channels are matched by the ids that the portal gave them. */
export async function compareTables(portal: DataSource, admin: DataSource): Promise<Difference> {
  const difference: Difference = { equal: 0, lost: 0, doubled: 0, altered: 0 };
  const portalChannels = await selectChannels(portal, 'monitoring.channel');
  const adminChannels = await selectChannels(admin, 'fleet.channel');
  for (const uid of new Set([...portalChannels.keys(), ...adminChannels.keys()])) {
    const stored = await selectRows(portal, 'monitoring.measurement', portalChannels.get(uid));
    const pushed = await selectRows(admin, 'fleet.measurement', adminChannels.get(uid));
    compareChannel(stored, pushed, difference);
  }
  return difference;
}

async function selectChannels(database: DataSource, table: string): Promise<Map<string, number>> {
  const rows: { uid: string; id: number }[] = await database.query(`SELECT uid, id FROM ${table}`);
  return new Map(rows.map(({ uid, id }) => [uid, id]));
}

async function selectRows(
  database: DataSource,
  table: string,
  channelId: number | undefined,
): Promise<Row[]> {
  if (channelId === undefined) return [];
  return database.query(
    `SELECT (extract(epoch FROM time) * 1000)::float8 AS time, value FROM ${table} WHERE channel_id = $1`,
    [channelId],
  );
}

function compareChannel(stored: readonly Row[], pushed: readonly Row[], difference: Difference): void {
  const valueByTime = new Map(stored.map(({ time, value }) => [time, value]));
  const seen = new Set<number>();
  for (const { time, value } of pushed) {
    if (!valueByTime.has(time) || seen.has(time)) difference.doubled += 1;
    else if (Object.is(valueByTime.get(time), value)) difference.equal += 1;
    else difference.altered += 1;
    seen.add(time);
  }
  difference.lost += stored.filter(({ time }) => !seen.has(time)).length;
}
