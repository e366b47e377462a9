import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifySession from '@fastify/session';
import { Logger } from 'nestjs-pino';
import type { ServerSettings } from './settings.js';
import { cookieFlags, cookieName, isSecure } from './sign-in/cookies.js';
import { rememberDevices } from './sign-in/device-cookie.js';
import { DatabaseSessionStore } from './sign-in/session.store.js';
import { Sessions } from './sign-in/sessions.js';
import { serveWebApp } from './web/web-app.js';

/**
 * Makes the app, with its database migrated, and starts to listen.
 * @param configure what the app adds to its server before it listens
 */
export async function startApp(
  module: DynamicModule,
  settings: ServerSettings,
  configure: (app: NestFastifyApplication) => void = () => undefined,
) {
  const stop = stopWithParent();
  const adapter = new FastifyAdapter({
    trustProxy: settings.trustProxy,
    genReqId: requestId,
    bodyLimit: 1024 * 1024,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  await addSecurity(app, settings);
  configure(app);
  await serveWebApp(app, settings.appName);
  app.enableShutdownHooks();
  await app.listen({ host: settings.host, port: settings.port });
  app.get(Logger).log(`Listening on ${await app.getUrl()}`);
  stop.gracefully = () => app.close();
  process.send?.({ kind: 'listening' });
  return app;
}

async function addSecurity(app: NestFastifyApplication, settings: ServerSettings): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  const secure = isSecure(settings);
  await fastify.register(fastifyHelmet, {
    contentSecurityPolicy: { directives: contentSecurityPolicy(secure) },
    strictTransportSecurity: secure,
  });
  const secret = settings.session.secrets.map((one) => one.reveal());
  await fastify.register(fastifyCookie, { secret });
  const sessions = app.get(Sessions);
  await sessions.deleteEnded();
  await fastify.register(fastifySession, {
    secret,
    cookieName: cookieName(settings),
    cookie: { ...cookieFlags(settings), maxAge: settings.session.hours * 3_600_000 },
    saveUninitialized: false,
    rolling: false,
    store: new DatabaseSessionStore(sessions),
  });
  rememberDevices(fastify, settings);
}

function contentSecurityPolicy(secure: boolean) {
  return {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    frameAncestors: ["'self'"],
    upgradeInsecureRequests: secure ? [] : null,
  };
}

/** Takes the id that the edge gave, when it looks like one. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/**
 * Started by another program of ours (the demo, a test), the app ends when that one does, however it ends.
 * Until `gracefully` is set there is nothing worth finishing.
 */
function stopWithParent(): { gracefully: () => Promise<void> } {
  const stop = { gracefully: () => Promise.resolve() };
  if (process.send !== undefined) {
    process.once('disconnect', () => void stop.gracefully().finally(() => process.exit()));
  }
  return stop;
}
