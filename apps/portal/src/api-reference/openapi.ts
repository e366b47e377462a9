import { z } from 'zod';
import { problem } from '#libs/contracts';
import { catalogue } from '#libs/errors';
import type { Route } from '#libs/nest-kit';
import type { JsonSchema, OpenApi, Operation, Parameter } from './openapi-document.js';

/** Who offers the API. */
export interface ApiInfo {
  applicationName: string;
  version: string;
  /** Address of the portal, without a path. */
  url: string;
}

const introduction = `Every answer is JSON unless its content type says otherwise; every error is a problem of RFC 9457
with a stable \`code\`. Times are instants with an offset. Programs send an API token, made in Settings → API tokens, as
\`Authorization: Bearer …\`; it opens the routes that name its scope and no others. Browsers use the session cookie.`;

/** The OpenAPI 3.1 document of all routes below `/api`, made of what the routes themselves check. */
export function buildOpenApi(routes: readonly Route[], { applicationName, version, url }: ApiInfo): OpenApi {
  const paths: OpenApi['paths'] = {};
  for (const route of routes.filter(({ path }) => path.startsWith('/api/'))) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = describeRoute(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: `${applicationName} API`, version, description: introduction.replaceAll('\n', ' ') },
    servers: [{ url }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      responses: {
        Problem: { description: 'What is wrong, and what to do about it', content: problemContent },
      },
      securitySchemes: {
        apiToken: { type: 'http', scheme: 'bearer', description: 'A token made in Settings → API tokens' },
        session: { type: 'apiKey', in: 'cookie', name: 'session', description: 'Set by POST /api/session' },
      },
    },
  };
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

function describeRoute(route: Route): Operation {
  const { method, path, description } = route;
  const body = description?.body ?? route.body;
  const details = [description?.details, rolesOf(route)].filter((text) => text !== undefined);
  return {
    operationId: operationId(method, path),
    summary: description?.summary ?? route.handler,
    ...(details.length > 0 && { description: details.join(' ') }),
    tags: [description?.section ?? path.split('/')[2] ?? ''],
    security: securityOf(route),
    ...((path.includes(':') || route.query !== undefined) && { parameters: parametersOf(route) }),
    ...(body !== undefined && {
      requestBody: { required: true, content: jsonContent(schemaOf(body, 'input'), description?.example) },
    }),
    responses: responsesOf(route),
  };
}

/** `GET /api/imports/files/:id` → `getImportsFilesId`. */
function operationId(method: string, path: string): string {
  const name = path
    .slice('/api'.length)
    .replaceAll(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `${method.toLowerCase()}${name}`;
}

/** Nothing where every role will do. */
function rolesOf({ isPublic, roles }: Route): string | undefined {
  if (isPublic || roles === undefined || roles.includes('viewer')) return undefined;
  return `People need the role ${roles.join(' or ')}.`;
}

function securityOf({ isPublic, scopes }: Route): Operation['security'] {
  if (isPublic) return [];
  return [...scopes.map((scope) => ({ apiToken: [scope] })), { session: [] }];
}

function parametersOf({ path, params, query }: Route): Parameter[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const schema = params[name];
    return parameter(
      name,
      'path',
      true,
      schema === undefined ? { type: 'string' } : schemaOf(schema, 'input'),
    );
  });
  const { properties = {}, required = [] } = query === undefined ? {} : schemaOf(query, 'input');
  const inQuery = Object.entries(properties).map(([name, schema]) =>
    parameter(name, 'query', required.includes(name), schema),
  );
  return [...inPath, ...inQuery];
}

function parameter(
  name: string,
  place: Parameter['in'],
  required: boolean,
  { description, ...schema }: JsonSchema,
): Parameter {
  return { name, in: place, required, ...(description !== undefined && { description }), schema };
}

function responsesOf({ status, description, isPublic, scopes }: Route): Operation['responses'] {
  const refused = { $ref: '#/components/responses/Problem' };
  const { answer, alsoAnswers = [] } = description ?? {};
  const content = {
    ...(answer !== undefined && jsonContent(schemaOf(answer, 'output'))),
    ...Object.fromEntries(alsoAnswers.map((type) => [type, { schema: { type: 'string' } }])),
  };
  return {
    [status]: { description: 'Done', ...(Object.keys(content).length > 0 && { content }) },
    ...(!isPublic && { [catalogue.SIGN_IN_REQUIRED.status]: refused }),
    ...(scopes.length > 0 && { [catalogue.API_RATE_LIMITED.status]: refused }),
    default: refused,
  };
}

function jsonContent(schema: JsonSchema, example?: unknown) {
  return { 'application/json': { schema, ...(example !== undefined && { example }) } };
}

/** @param io what is sent, or what is answered: a default may be left out of the one and is always in the other */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => simplify(jsonSchema as Record<string, unknown>, io),
  });
  return rest as JsonSchema;
}

/** Leaves out what the format says already, and lets answers have more fields one day. */
function simplify(schema: Record<string, unknown>, io: 'input' | 'output'): void {
  if (schema['format'] !== undefined) delete schema['pattern'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (io === 'output') delete schema['additionalProperties'];
}
