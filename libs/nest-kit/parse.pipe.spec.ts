import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parse } from './parse.pipe.js';

const pipe = parse(z.strictObject({ code: z.string(), sites: z.array(z.object({ name: z.string() })) }));
const metadata = { type: 'body' as const };

describe('parse', () => {
  it('gives what the schema makes of the value', () => {
    const body = { code: 'A', sites: [{ name: 'x' }] };
    expect(pipe.transform(body, metadata)).toEqual(body);
  });

  it('names every wrong field by its path, and the body where it is no object', () => {
    const refused = (value: unknown) => {
      try {
        return pipe.transform(value, metadata);
      } catch (error) {
        return error;
      }
    };
    expect(refused({ code: 1, sites: [{ name: 'x' }, {}] })).toMatchObject({
      code: 'BODY_INVALID',
      problems: [{ path: 'code' }, { path: 'sites.1.name' }],
    });
    expect(refused(undefined)).toMatchObject({ problems: [{ path: 'body' }] });
  });
});
