import { describe, expect, it } from 'vitest';
import { parseProblem } from './api-problem.js';

describe('parseProblem', () => {
  it('takes over every field of a problem', () => {
    const problem = parseProblem(
      400,
      JSON.stringify({
        type: 'about:blank',
        title: 'The request body is not valid',
        status: 400,
        code: 'BODY_INVALID',
        detail: 'code: too short',
        remedy: 'Correct it.',
        requestId: 'r-1',
        errors: [{ path: 'code', message: 'too short' }],
      }),
    );
    expect(problem).toMatchObject({
      status: 400,
      code: 'BODY_INVALID',
      title: 'The request body is not valid',
      message: 'code: too short',
      remedy: 'Correct it.',
      requestId: 'r-1',
      errors: [{ path: 'code', message: 'too short' }],
    });
  });

  it.each(['<html>Bad Gateway</html>', '', 'null', '{"message":"no"}', '[1]'])(
    'survives the body %j',
    (body) => {
      const problem = parseProblem(502, body);
      expect(problem).toMatchObject({ status: 502, code: 'HTTP_502', errors: [] });
      expect(problem.title).toBe('The application is not available right now');
    },
  );

  it('believes the status line rather than the body', () => {
    expect(parseProblem(401, '{"title":"x","code":"X","status":200}').status).toBe(401);
  });
});
