import { describe, expect, it } from 'vitest';
import { readEventFilter, withEventFilter } from './event-filter.js';

describe('the filter of ingest events in the address', () => {
  it('is read back as it was written, and leaves the tab alone', () => {
    const filter = { outcome: 'refused', problems: true, refusal: 'INGEST_TOO_LARGE' } as const;
    const params = withEventFilter(new URLSearchParams('tab=events'), filter);
    expect(readEventFilter(params)).toEqual(filter);
    expect(params.get('tab')).toBe('events');
  });

  it('leaves nothing behind', () => {
    const before = new URLSearchParams('tab=events&outcome=refused&problems=true&code=X');
    const none = { outcome: null, problems: false, refusal: '' };
    expect(withEventFilter(before, none).toString()).toBe('tab=events');
  });

  it.each(['outcome=fine', 'outcome=toString', 'problems=maybe'])('ignores %s', (query) => {
    expect(readEventFilter(new URLSearchParams(query))).toEqual({
      outcome: null,
      problems: false,
      refusal: '',
    });
  });
});
