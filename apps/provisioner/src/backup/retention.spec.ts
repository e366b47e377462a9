import { describe, expect, it } from 'vitest';
import { archiveId, parseArchiveId, type BackupArchive } from './archive.js';
import { expired } from './retention.js';

function archive(time: string, verifiedAt?: string): BackupArchive {
  const id = archiveId('abc0001', new Date(time));
  return {
    id,
    slug: 'abc0001',
    createdAt: new Date(time).toISOString(),
    store: '/b',
    location: `/b/${id}`,
    ...(verifiedAt && { verifiedAt }),
  };
}

const day = (offset: number) => new Date(Date.UTC(2026, 10, 21, 2) - offset * 86_400_000).toISOString();
const dates = (archives: BackupArchive[]) => archives.map(({ createdAt }) => createdAt.slice(0, 10));

describe('retention', () => {
  it('keeps the newest of the last days, weeks and months', () => {
    const archives = Array.from({ length: 400 }, (_, index) => archive(day(index)));
    const gone = new Set(expired(archives, { last: 1, daily: 3, weekly: 3, monthly: 3 }));
    // 21 November 2026 is a Saturday: weeks end on Sundays, so this one's newest is its newest day.
    expect(dates(archives.filter((one) => !gone.has(one)))).toEqual([
      '2026-11-21',
      '2026-11-20',
      '2026-11-19',
      '2026-11-15',
      '2026-11-08',
      '2026-10-31',
      '2026-09-30',
    ]);
  });

  it('counts periods that have an archive, not the calendar', () => {
    const archives = [archive('2026-11-21T00:00:00Z'), archive('2024-01-01T00:00:00Z')];
    expect(expired(archives, { last: 1, daily: 2, weekly: 0, monthly: 0 })).toEqual([]);
  });

  it('keeps the last ones of a day with many', () => {
    const archives = ['01', '02', '03', '04'].map((hour) => archive(`2026-11-21T${hour}:00:00Z`));
    expect(
      expired(archives, { last: 2, daily: 1, weekly: 1, monthly: 1 }).map(({ createdAt }) => createdAt),
    ).toEqual(['2026-11-21T02:00:00.000Z', '2026-11-21T01:00:00.000Z']);
  });

  it('never lets the newest verified one go', () => {
    const archives = [
      archive(day(0)),
      archive(day(1)),
      archive(day(300), day(299)),
      archive(day(301), day(300)),
    ];
    const gone = expired(archives, { last: 1, daily: 1, weekly: 0, monthly: 0 });
    expect(gone).toEqual([archives[1], archives[3]]);
  });
});

describe('the id of an archive', () => {
  it('says whose it is and when it was made', () => {
    expect(parseArchiveId(archiveId('a-b-1', new Date('2026-11-21T20:07:32.9Z')))).toEqual({
      id: 'a-b-1-20261121T200732Z',
      slug: 'a-b-1',
      createdAt: '2026-11-21T20:07:32.000Z',
    });
  });

  it.each(['', '.new-a-20261121T200732Z', 'a1-20261121', 'a1-20261321T200732Z', '../a1-20261121T200732Z'])(
    'is not %j',
    (id) => expect(parseArchiveId(id)).toBeUndefined(),
  );
});
