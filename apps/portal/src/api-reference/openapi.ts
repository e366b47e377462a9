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
  const { method, path, handler, description, roles } = route;
  const tag = path.split('/')[2] ?? '';
  const body = description?.body ?? route.body;
  const details = [description?.details, roles && `For ${roles.join(', ')}.`].filter(
    (text) => text !== undefined,
  );
  return {
    operationId: `${method.toLowerCase()}${path.slice('/api'.length).replaceAll(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: description?.summary ?? sentence(handler),
    ...(details.length > 0 && { description: details.join(' ') }),
    tags: [tag],
    security: securityOf(route),
    ...((path.includes(':') || route.query !== undefined) && { parameters: parametersOf(route) }),
    ...(body !== undefined && {
      requestBody: { required: true, content: jsonContent(schemaOf(body, 'input'), description?.example) },
    }),
    responses: responsesOf(route),
  };
}

function securityOf({ isPublic, scopes }: Route): Operation['security'] {
  if (isPublic) return [];
  return [...scopes.map((scope) => ({ apiToken: [scope] })), { session: [] }];
}

function parametersOf({ path, params, query }: Route): Parameter[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const schema = params[name];
    return {
      name,
      in: 'path' as const,
      required: true,
      schema: schema === undefined ? { type: 'string' } : schemaOf(schema, 'input'),
    };
  });
  const { properties = {}, required = [] } = query === undefined ? {} : schemaOf(query, 'input');
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    required: required.includes(name),
    schema,
  }));
  return [...inPath, ...inQuery];
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
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest as JsonSchema;
}

/** `removeSite` → `Remove site`, for a route that nobody has described. */
function sentence(handler: string): string {
  const words = handler.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
