import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { catalogue, CodedError, hasCode, type ErrorCode } from './index.js';

const entries = Object.entries(catalogue);

describe('the catalogue', () => {
  it.each(entries)('%s has a status of an error, a title and a remedy', (code, { status, title, remedy }) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('has no two codes that say the same', () => {
    const titles = entries.map(([, { title }]) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('makes the pusher hold, set aside or try again as DESIGN §6 says', () => {
    const status = (code: ErrorCode) => catalogue[code].status;
    expect(status('INGEST_TOKEN_INVALID')).toBe(401);
    expect([
      status('INGEST_KEY_MISSING'),
      status('INGEST_KEY_REUSED'),
      status('INGEST_BATCH_INVALID'),
    ]).toEqual([400, 409, 422]);
  });
});

describe('CodedError', () => {
  it('says what is wrong and where', () => {
    const problems = [{ path: 'PORT', message: 'must be a whole number' }];
    const error = new CodedError('CONFIG_INVALID', { problems });
    expect(error.message).toBe('The configuration is not valid\n  PORT: must be a whole number');
    expect(new CodedError('NOT_FOUND', { detail: 'no such site' }).message).toBe(
      'There is nothing at this address: no such site',
    );
    expect(error).toMatchObject({ name: 'CodedError', code: 'CONFIG_INVALID', entry: { status: 500 } });
  });

  it('keeps its cause for the log', () => {
    const error = new CodedError('INTERNAL', { cause: new Error('the real one') });
    expect(inspect(error)).toContain('the real one');
    expect(error.message).not.toContain('the real one');
  });
});

describe('hasCode', () => {
  it('knows errors of Node, and nothing else', () => {
    expect(hasCode(Object.assign(new Error('x'), { code: 'ENOENT' }), 'ENOENT')).toBe(true);
    expect(hasCode(Object.assign(new Error('x'), { code: 'EACCES' }), 'ENOENT')).toBe(false);
    for (const other of [{ code: 'ENOENT' }, 'ENOENT', null, undefined])
      expect(hasCode(other, 'ENOENT')).toBe(false);
  });
});
