import { describe, expect, it } from 'vitest';
import type { Release } from '../releases/release.js';
import { describeLoss } from './planned-rollback.js';

const images = { portal: 'wattfleet:1', timescaledb: 'timescaledb:1', grafana: 'grafana:1' };
const rows = { measurement: 1_000, account: 2 };
const release: Release = {
  version: 1,
  id: '20261121T200732Z',
  phase: 'done',
  startedAt: '2026-11-21T20:07:32.000Z',
  provisioner: '1.0.0',
  images,
  before: { images, imageIds: {}, files: {}, database: { migrations: ['A'], timescaledb: '2.22.1', rows } },
  wrongBefore: [],
  extensionChanged: false,
};
const after = (measurement: number) => ({
  migrations: ['A', 'B'],
  timescaledb: '2.22.1',
  rows: { measurement, account: 2 },
});

describe('what a rollback of the database costs', () => {
  it('is told in rows and age', () => {
    const now = Date.parse('2026-11-21T23:10:00Z');
    expect(describeLoss(release, after(1_250), now)).toBe(
      'the database goes back to 2026-11-21 20:07 UTC, 3 h ago; rows written since are lost: 250 of measurement',
    );
  });

  it('is told where nothing was added, too', () => {
    const now = Date.parse('2026-11-21T20:19:00Z');
    expect(describeLoss(release, after(1_000), now)).toBe(
      'the database goes back to 2026-11-21 20:07 UTC, 11 min ago; changes made since are lost',
    );
  });
});
