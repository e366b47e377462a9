import { describe, expect, it } from 'vitest';
import { changeView, readView, viewQuery, type CustomersView } from './customers-view.js';

const plain: CustomersView = { q: '', health: [], sort: 'code', order: 'asc', page: 1 };

function read(query: string): CustomersView {
  return readView(new URLSearchParams(query));
}

describe('the view of the customers in the address', () => {
  it('is read back as it was written', () => {
    const view: CustomersView = {
      q: 'Ä & b',
      health: ['rejecting', 'late'],
      sort: 'lastContactAt',
      order: 'desc',
      page: 7,
    };
    const written = Object.entries(viewQuery(view)).map(([name, value]) => [name, value ?? '']);
    expect(readView(new URLSearchParams(written))).toEqual(view);
  });

  it('writes nothing for what is as by default', () => {
    expect(Object.values(viewQuery(plain)).filter((value) => value !== undefined)).toEqual([]);
  });

  it.each([
    'page=0',
    'page=-1',
    'page=1.5',
    'page=x',
    'sort=password',
    'sort=toString',
    'order=up',
    'health=fine',
  ])('ignores %s', (query) => {
    expect(read(query)).toEqual(plain);
  });

  it('keeps the healths it knows, each once and worst first', () => {
    expect(read('health=late,fine,auth-failing,late').health).toEqual(['auth-failing', 'late']);
  });

  it('begins at the first page when anything but the page changes', () => {
    const view = { ...plain, page: 3 };
    expect(changeView(view, { q: 'x' }).page).toBe(1);
    expect(changeView(view, { page: 4 }).page).toBe(4);
  });
});
