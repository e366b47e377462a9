import { matchRoutes, type RouteObject } from 'react-router';
import { expect, it } from 'vitest';
import { adminPages } from './pages/admin-pages.js';
import { portalPages } from './pages/portal-pages.js';

/** By address, as the web apps are type-checked on their own. */
async function routesOf(app: string): Promise<RouteObject[]> {
  const file = new URL(`../../apps/${app}-web/src/routes.tsx`, import.meta.url).pathname;
  const { routes } = (await import(file)) as { routes: RouteObject[] };
  return routes;
}

/** Paths of all pages, as the table has them: `/sites/:id`. What only leads to another page is none. */
function pagesOf(routes: readonly RouteObject[], parent = ''): string[] {
  return routes.flatMap(({ path = '', index, children }) => {
    const whole = path.startsWith('/') ? path : `${parent}/${path}`.replace(/\/$/, '');
    if (children !== undefined) return pagesOf(children, whole === '/' ? '' : whole);
    return index === true ? [] : [whole];
  });
}

function pathOf(routes: RouteObject[], address: string): string {
  const matches = matchRoutes(routes, address) ?? [];
  const parts = matches.flatMap(({ route }) => route.path?.split('/') ?? []).filter((part) => part !== '');
  return `/${parts.join('/')}`;
}

it.each([
  { app: 'portal', pages: portalPages },
  { app: 'admin', pages: adminPages },
])('every page of $app is looked at', async ({ app, pages }) => {
  const routes = await routesOf(app);
  const looked = new Set(pages.map(({ path }) => pathOf(routes, path)));
  expect([...looked].toSorted()).toEqual(pagesOf(routes).toSorted());
});
