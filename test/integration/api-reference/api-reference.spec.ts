import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  JsonSchema,
  OpenApi,
  Operation,
} from '../../../apps/portal/src/api-reference/openapi-document.js';
import { RouteTable, type Route } from '#libs/nest-kit';
import { ApiClient } from '../api-client.js';
import { routeList } from '../web/route-list.js';
import { startPortal, type RunningApp } from '../running-app.js';

const { routes, configure } = routeList();
const ajv = new Ajv2020({ strict: false, validateFormats: false });
let portal: RunningApp;
let document: OpenApi;
/** By method and path, as Fastify has it. */
let operations: Map<string, Operation>;

beforeAll(async () => {
  portal = await startPortal({ configure });
  document = (await new ApiClient(portal.url).get<OpenApi>('/api/openapi.json')).body;
  operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path.replaceAll(/{(\w+)}/g, ':$1')}`,
        operation,
      ]),
    ),
  );
});
afterAll(() => portal.close());

function operation(route: string): Operation {
  const found = operations.get(route);
  if (found === undefined) throw new Error(`${route} is not in the document`);
  return found;
}

function answerSchema(route: string, status = 200): JsonSchema {
  const response = operation(route).responses[status];
  if (response === undefined || '$ref' in response) throw new Error(`${route} has no answer`);
  return response.content?.['application/json']?.schema ?? {};
}

describe('GET /api/openapi.json', () => {
  it('has every route of the API, and no other', () => {
    const real = routes.filter((route) => / \/api\//.test(route) && !route.startsWith('HEAD '));
    expect(real.length).toBeGreaterThan(20);
    expect([...operations.keys()].toSorted()).toEqual([...new Set(real)].toSorted());
  });

  it('says of each what it does, who may call it and how it is refused', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Wattfleet API' } });
    const ids = [...operations.values()].map(({ operationId }) => operationId);
    expect(ids).toEqual([...new Set(ids)]);
    for (const [route, { summary, tags, security, parameters = [], responses }] of operations) {
      expect(summary, route).toMatch(/^[A-Z].*[^.]$/);
      expect(tags, route).toHaveLength(1);
      expect(responses['default'], route).toEqual({ $ref: '#/components/responses/Problem' });
      expect(responses['401'] === undefined, route).toBe(security.length === 0);
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath, route).toEqual([...route.matchAll(/:(\w+)/g)].map(([, name]) => name));
    }
  });

  it('has a summary that somebody wrote of every route', () => {
    const described = portal.app.get(RouteTable).list();
    const bare = described.filter(({ path, description }) => path.startsWith('/api/') && !description);
    expect(bare.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    const ofDownload = ({ path }: Route) =>
      /\.(csv|pdf|xlsx)$|\/(original|logo|favicon|docs|check|openapi\.json)$/.test(path);
    const silent = described.filter(
      (route) =>
        route.path.startsWith('/api/') &&
        route.method === 'GET' &&
        !ofDownload(route) &&
        route.description?.answer === undefined,
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('describes all that a token opens in full', () => {
    const opened = [...operations].filter(([, { security }]) => security.some((one) => 'apiToken' in one));
    expect(opened.map(([route]) => route).toSorted()).toEqual([
      'GET /api/imports/summary',
      'GET /api/measurements',
      'GET /api/measurements/channels',
      'POST /api/measurements',
    ]);
    for (const [route, { responses }] of opened) {
      expect(answerSchema(route), route).toMatchObject({ type: 'object' });
      expect(responses['429'], route).toBeDefined();
    }
    expect(operation('POST /api/measurements').security).toEqual([
      { apiToken: ['measurements:write'] },
      { session: [] },
    ]);
    expect(operation('GET /api/auth/check').security).toEqual([]);
  });

  it('has parameters and bodies as the routes check them', () => {
    const { parameters } = operation('GET /api/measurements');
    const named = (name: string) => parameters?.find((parameter) => parameter.name === name);
    expect(named('externalId')).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'array', maxItems: 50 },
    });
    expect(named('from')).toMatchObject({
      in: 'query',
      required: true,
      description: 'Inclusive; with buckets a full quarter of an hour',
      schema: { type: 'string', format: 'date-time' },
    });
    expect(named('bucket')).toMatchObject({
      required: false,
      schema: { enum: ['raw', '15min', 'hour', 'day', 'month'], default: 'raw' },
    });
    const body = operation('POST /api/measurements').requestBody?.content['application/json'];
    const validate = ajv.compile(body?.schema ?? false);
    expect(validate(body?.example)).toBe(true);
    expect(validate({ rows: [{ time: '2026-01-01T00:00:00Z', value: 1 }] })).toBe(false);
    const id = operation('DELETE /api/api-tokens/:id').parameters?.[0];
    expect(id).toMatchObject({ name: 'id', in: 'path', required: true, schema: { format: 'uuid' } });
  });

  it('holds schemas that are valid, and answers that are as they say', async () => {
    ajv.compile(document.components.schemas['Problem'] ?? false);
    for (const [route, { requestBody, parameters = [], responses }] of operations) {
      const contents = [
        requestBody?.content,
        ...Object.values(responses).map((one) => ('$ref' in one ? {} : one.content)),
      ];
      const schemas = contents.flatMap((content) => Object.values(content ?? {}).map(({ schema }) => schema));
      for (const schema of [...schemas, ...parameters.map((one) => one.schema)]) {
        expect(ajv.validateSchema(schema), `${route}: ${ajv.errorsText()}`).toBe(true);
      }
    }
    const admin = await ApiClient.signedIn(portal.url);
    const made = await admin.post('/api/api-tokens', { name: 'x', scopes: ['measurements:read'] });
    const answers: [string, number, unknown][] = [
      ['POST /api/api-tokens', 201, made.body],
      ['POST /api/measurements', 200, (await admin.post('/api/measurements', { rows: [7] })).body],
    ];
    const withoutParameters = [...operations].filter(
      ([route, { parameters = [] }]) =>
        route.startsWith('GET ') && parameters.every(({ required }) => !required),
    );
    for (const [route] of withoutParameters) {
      const { status, headers, body } = await admin.get(route.slice('GET '.length));
      const isJson = headers.get('content-type')?.startsWith('application/json') === true;
      if (isJson && route !== 'GET /api/openapi.json') answers.push([route, status, body]);
    }
    expect(answers.length).toBeGreaterThan(20);
    for (const [route, status, body] of answers) {
      const validate = ajv.compile(answerSchema(route, status));
      expect(validate(body), `${route}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
  });
});

describe('GET /api/docs', () => {
  it('is a page without scripts that has every route', async () => {
    const { status, headers, body } = await new ApiClient(portal.url).get<string>('/api/docs');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain(`default-src 'self'`);
    expect(body).not.toMatch(/<script|javascript:|https?:\/\//);
    for (const path of Object.keys(document.paths)) expect(body).toContain(`<code>${path}</code>`);
    expect(body).toContain('Needs an API token with the scope measurements:write, or a session.');
  });

  it('shows the name of the application as text, and the new one at once', async () => {
    const named = await startPortal({
      environment: { WHITE_LABEL_APPLICATION_NAME: '<script>alert(1)</script> & Söhne' },
    });
    try {
      const { body } = await new ApiClient(named.url).get<string>('/api/docs');
      expect(body).toContain('<h1>&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne API</h1>');
      expect(body).not.toContain('<script');
      const admin = await ApiClient.signedIn(named.url);
      const renamed = {
        applicationName: 'North Energy',
        primaryColor: null,
        secondaryColor: null,
        accentColor: null,
        footerText: '',
      };
      const put = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(renamed) };
      expect((await admin.send('PUT', '/api/branding', put)).status).toBe(200);
      const { body: page } = await admin.get<string>('/api/docs');
      expect(page).toContain('<h1>North Energy API</h1>');
    } finally {
      await named.close();
    }
  });
});
