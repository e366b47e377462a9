import {
  sampleDayBody,
  tariffVersionBody,
  type Bill,
  type Municipality,
  type SiteSummary,
  type TariffDetail,
} from '#libs/contracts';
import {
  computeBill,
  emptySeries,
  priceSampleDay,
  startOfDay,
  tariffExamples,
  type LoadProfile,
} from '#libs/tariffs';
import { uuid } from './admin-data.js';
import { FakeProblem, type FakeApi } from './page-server.js';

const site: SiteSummary = {
  id: uuid(901),
  slug: 'north',
  name: 'North plant',
  timeZone: 'Africa/Johannesburg',
  deviceCount: 1,
  channelCount: 3,
  archivedAt: null,
  lastTime: null,
  lastPowerW: null,
  overdueDevices: 0,
};

/** Its bills can still be looked at. */
export const oldSite: SiteSummary = {
  ...site,
  id: uuid(902),
  slug: 'ancient',
  name: 'Ancient plant',
  archivedAt: '2026-01-09T12:00:00.000Z',
};

const subscribed = { A: '40', kVA: null };
const isHoliday = () => false;

/** Every example as a tariff of its municipality; the second with a gap between two versions. */
export function exampleTariffs(): TariffDetail[] {
  return tariffExamples.map(({ municipality, name, document, firstDay }, index) => ({
    id: uuid(910 + index),
    name,
    municipality: { id: uuid(930 + index), name: municipality },
    versions:
      index === 1
        ? [
            { id: uuid(950), firstDay: '2023-07-01', lastDay: '2024-06-30', document },
            { id: uuid(951), firstDay: '2025-01-01', lastDay: null, document },
          ]
        : [{ id: uuid(960 + index), firstDay, lastDay: null, document }],
    gaps: index === 1 ? [{ from: '2024-07-01', to: '2025-01-01' }] : [],
    siteCount: index === 0 ? 1 : 0,
  }));
}

/** The portal's API of tariffs and bills, which keeps what is saved in `tariffs`. */
export function tariffsApi(tariffs: TariffDetail[]): FakeApi {
  return ({ method, path, query, body }) => {
    if (method === 'GET' && path === '/api/sites') return { sites: [oldSite, site] };
    if (method === 'GET' && path === '/api/municipalities')
      return { municipalities: municipalities(tariffs) };
    if (method === 'GET' && path === '/api/tariffs/examples') return { examples: tariffExamples };
    if (path === '/api/tariffs/sample-day') {
      const { document, ...sample } = sampleDayBody.parse(body);
      return priceSampleDay(document, sample, { subscribed, isHoliday });
    }
    if (path.startsWith('/api/tariffs/')) return tariffAnswer(tariffs, method, path, body);
    const [, id, what] = /^\/api\/sites\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (id !== site.id && id !== oldSite.id) return undefined;
    if (what === 'tariff') return siteTariff(tariffs);
    if (what === 'bill') {
      return billBy(tariffs, query.get('tariff') ?? tariffs[0]?.id ?? '', query);
    }
    if (what === 'bill/compare') {
      const bills = query.getAll('tariff').map((one) => billBy(tariffs, one, query));
      return bills.includes(undefined) ? undefined : { bills };
    }
    return undefined;
  };
}

function tariffAnswer(tariffs: TariffDetail[], method: string, path: string, body: unknown): unknown {
  const [, , , id, , versionId] = path.split('/');
  const tariff = tariffs.find((one) => one.id === id);
  if (tariff === undefined || method === 'GET') return tariff;
  const { endPrevious: _, ...version } = tariffVersionBody.parse(body);
  if (version.firstDay < '2020-01-01') {
    const errors = [{ path: 'firstDay', message: 'overlaps the version that is valid from 2019-01-01' }];
    throw new FakeProblem({
      status: 400,
      code: 'BODY_INVALID',
      title: 'The request body is not valid',
      errors,
    });
  }
  tariff.versions = tariff.versions.map((one) => (one.id === versionId ? { ...version, id: one.id } : one));
  return tariff;
}

function municipalities(tariffs: readonly TariffDetail[]): Municipality[] {
  return tariffs.map(({ municipality, id, name, versions, siteCount }) => ({
    ...municipality,
    tariffs: [
      {
        id,
        name,
        siteCount,
        versions: versions.map(({ id: versionId, firstDay, lastDay, document }) => ({
          id: versionId,
          firstDay,
          lastDay,
          currency: document.currency,
        })),
      },
    ],
  }));
}

function siteTariff([first]: readonly TariffDetail[]) {
  if (first === undefined) return { tariff: null, subscribedA: null, subscribedKva: null };
  const { id, name, municipality } = first;
  return { tariff: { id, name, municipality: municipality.name }, subscribedA: '40', subscribedKva: null };
}

/** Half a kW and more by day, with an hour that was not measured. */
function billBy(tariffs: readonly TariffDetail[], id: string, query: URLSearchParams): Bill | undefined {
  const tariff = tariffs.find((one) => one.id === id);
  if (tariff === undefined) return undefined;
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  const { timeZone, slug, name } = site;
  const start = startOfDay(from, timeZone);
  const minutes = startOfDay(to, timeZone) - start;
  const active = emptySeries(minutes);
  active.channels = 1;
  active.covered.fill(1).fill(0, 6_000, 6_060);
  active.amount.forEach((_, minute) => {
    active.amount[minute] = 0.01 + 0.012 * (1 + Math.sin(minute / 229));
  });
  const profile: LoadProfile = { start, minutes, active, reactive: active };
  const { versions } = tariff;
  return {
    ...computeBill({ from, to, timeZone, versions, profile, subscribed, isHoliday }),
    site: { id: site.id, slug, name },
    tariff: { id, name: tariff.name, municipality: tariff.municipality.name },
    versions: versions.map(({ id: versionId, firstDay, lastDay }) => ({ id: versionId, firstDay, lastDay })),
    channels: [{ id: uuid(990), deviceSerial: '02001084', name: 'Total', unit: 'W' }],
  };
}
