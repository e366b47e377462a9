import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Every route that an app registers with its server, as `GET /api/sites/:id`; HEAD comes with GET. */
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

/** Method and an address of the route: every parameter is an id of nothing. */
export function requestOf(route: string): { method: string; address: string } {
  const [method = '', pattern = ''] = route.split(' ');
  return { method, address: pattern.replaceAll(/:\w+/g, '018f0000-0000-7000-8000-00000000dead') };
}

export function changesSomething(route: string): boolean {
  return !/^(GET|HEAD|OPTIONS) /.test(route);
}
