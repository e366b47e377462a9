import { describe, expect, it } from 'vitest';
import { filesAddress, filesQueryOf, isFiltered, readFilesView } from './files-view.js';
import { readRunsView, runsAddress } from './runs-view.js';

const read = (query: string) => readFilesView(new URLSearchParams(query));

describe('the view of the files', () => {
  it('is what the address says, and the address says no more than that', () => {
    const query = 'q=T302&status=rejected&site=north&problems=true&from=2026-07-01&page=3';
    expect(read(query)).toMatchObject({ q: 'T302', status: 'rejected', problems: true, to: '', page: 3 });
    expect(new URLSearchParams(filesAddress(read(query))).toString()).toBe(
      'q=T302&status=rejected&site=north&from=2026-07-01&problems=true&page=3',
    );
  });

  it('leaves out what it does not understand', () => {
    const view = read('status=lost&from=yesterday&to=2026-13-45x&page=-1&runId=1&problems=yes');
    expect(filesAddress(view)).toEqual({});
    expect(isFiltered(view)).toBe(false);
    expect(isFiltered(read('page=2'))).toBe(false);
    expect(isFiltered(read('site=north'))).toBe(true);
  });

  it('asks for whole days, the last one included', () => {
    const { from, to } = filesQueryOf(read('from=2026-07-01&to=2026-07-01'));
    expect(Date.parse(String(to)) - Date.parse(String(from))).toBe(86_400_000);
    expect(new Date(String(from)).getHours()).toBe(0);
  });
});

it('the view of the runs is what the address says', () => {
  expect(readRunsView(new URLSearchParams('trigger=upload&page=x'))).toEqual({
    trigger: 'upload',
    from: '',
    to: '',
    page: 1,
  });
  expect(runsAddress(readRunsView(new URLSearchParams('trigger=upload&page=2')))).toEqual({
    trigger: 'upload',
    page: '2',
  });
});
