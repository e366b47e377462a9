import type { ImportPolicy, SiteDetail } from '#libs/contracts';
import { FakeProblem, type FakeApi } from './page-server.js';
import { costOf, noCost } from './cost-data.js';
import { energyOf, found, newSite, northPlant, seriesOf, siteList } from './sites-data.js';

export const sitePagePath = { full: `/sites/${northPlant.id}`, empty: `/sites/${newSite.id}` };

export const archivedSite: SiteDetail = { ...northPlant, archivedAt: '2026-01-09T12:00:00.000Z' };

/** The portal's API of sites and their charts. */
export function sitesApi(sites: readonly SiteDetail[] = [northPlant, newSite]): FakeApi {
  return ({ method, path, query, body }) => {
    if (method === 'GET') return read(path, query, sites);
    if (method === 'POST' && path === '/api/sites') return create(body as { slug: string });
    return undefined;
  };
}

function read(path: string, query: URLSearchParams, sites: readonly SiteDetail[]): unknown {
  if (path === '/api/sites')
    return { sites: query.get('state') === 'archived' || sites.length === 0 ? [] : siteList };
  if (path === '/api/sites/search') return { matches: query.get('q') === 'nothing' ? [] : found };
  const [, kind, id, what] = /^\/api\/(sites|devices|channels)\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  if (what === 'deletion') return { devices: kind === 'site' ? 3 : 0, channels: 12, measurements: 1_204_310 };
  const site = kind === 'sites' ? sites.find((one) => one.id === id) : undefined;
  if (site === undefined) return undefined;
  if (what === undefined) return site;
  // The archived one never had a tariff.
  if (what === 'cost') return site.archivedAt === null ? costOf(query) : noCost(query);
  if (site.devices.length === 0) return empty(what, query);
  if (what === 'series') return seriesOf(query);
  return what === 'energy' ? energyOf(query) : undefined;
}

function empty(what: string, query: URLSearchParams): unknown {
  if (what === 'series') return { ...seriesOf(query), series: [], previous: null, channelCount: 0 };
  const nothing = { days: [], energyWh: null, completeness: 0, baseLoadW: null, peak: null, channelIds: [] };
  const profile = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => null));
  return { ...energyOf(query), ...nothing, profile };
}

function create({ slug }: { slug: string }): unknown {
  if (slug !== 'north-plant') return { id: newSite.id };
  throw new FakeProblem({
    status: 409,
    code: 'CATALOGUE_CONFLICT',
    title: 'Another site, device or channel has this already',
    errors: [{ path: 'slug', message: 'is the slug of another site' }],
  });
}

/** Settings → Import policy. */
export function importPolicyApi(policy: ImportPolicy): FakeApi {
  return ({ method, path, body }) => {
    if (path !== '/api/settings/import-policy') return undefined;
    if (method === 'PUT') Object.assign(policy, body);
    return policy;
  };
}
