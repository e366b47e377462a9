import type { IncomingMessage } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import type { ServerSettings } from './settings.js';

/** What is logged of a request: enough to find it again, no header that could carry a credential. */
interface LoggedRequest {
  id?: unknown;
  method?: string | undefined;
  url?: string | undefined;
  remoteAddress?: string;
  headers: Record<string, unknown>;
  /** Behind a trusted proxy Fastify knows for whom it forwards. */
  raw: { ip?: string };
}

/** Asked every few seconds, or, of whether somebody is signed in, for every request of Grafana: the edge logs those. */
const quiet = /^\/(health|metrics|assets|api\/auth\/check)/;

/** Nest's own account of its start: a hundred lines in which the notable ones would drown. */
const noise = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory']);

/** JSON lines on standard output. */
export function loggerOptions(settings: ServerSettings): Params {
  return {
    // The default of nestjs-pino matches no request on Fastify: nothing would be logged.
    forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
    pinoHttp: {
      name: settings.appName,
      level: settings.logLevel,
      serializers: {
        req: ({ id, method, url, remoteAddress, headers, raw }: LoggedRequest) => ({
          id,
          method,
          url,
          remoteAddress: raw.ip ?? remoteAddress,
          userAgent: headers['user-agent'],
        }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      autoLogging: { ignore: (request) => quiet.test(pathOf(request)) },
      hooks: {
        logMethod(input, method) {
          const [first] = input as [unknown];
          const context =
            typeof first === 'object' && first !== null && 'context' in first ? first.context : '';
          if (!noise.has(String(context))) method.apply(this, input);
        },
      },
      customLogLevel: (_request, response, error) => levelOf(response.statusCode, error),
    },
  };
}

function levelOf(status: number, error: Error | undefined) {
  if (error !== undefined || status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'info';
}

/** Middleware sees `url` without the part that its own route has matched, so here always `/`. */
function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  return request.originalUrl ?? request.url ?? '';
}
