import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Every route that an app started with `configure` registers with its server: `GET /api/sites/:id`. */
export function routeList() {
  const routes: string[] = [];
  const configure = (app: NestFastifyApplication) => {
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRoute', ({ method, url }) => {
        routes.push(...[method].flat().map((one) => `${one} ${url}`));
      });
  };
  return { routes, configure };
}
