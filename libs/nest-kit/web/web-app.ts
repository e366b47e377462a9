import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { packageRoot } from '../version.js';

const server = /^\/(api|health|metrics)(\/|$)/;

/** Serves the built web app of `appName`; an address that is no file is a page of it, so index.html. */
export async function serveWebApp(app: NestFastifyApplication, appName: string): Promise<void> {
  const root = path.join(packageRoot, 'dist', 'web', appName);
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(fastifyStatic, { root, serve: false, decorateReply: true, cacheControl: false });
  fastify.get('/*', async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://local');
    if (server.test(pathname)) return reply.callNotFound();
    const isFile = path.extname(pathname) !== '';
    // File names of assets carry a hash of their content; index.html must be asked for anew.
    reply.header(
      'cache-control',
      pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    return reply.sendFile(isFile ? decodeURIComponent(pathname) : 'index.html');
  });
}
