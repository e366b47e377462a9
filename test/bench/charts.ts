import { siteDetail, type SiteDetail } from '#libs/contracts';
import type { SiteSize } from './charts-data.js';
import { printCalls, timeCalls, withMeteredPortal } from './metered-portal.js';
import type { BenchOptions } from './options.js';

const sizes: Record<'full' | 'quick', SiteSize> = {
  full: { channels: 30, days: 365 },
  quick: { channels: 30, days: 31 },
};
/** The aim of issue 4, milliseconds. */
const aimMs = 500;
const dayMs = 86_400_000;

/** What the charts of a site with a sample a minute cost: the built portal, asked over HTTP. */
export async function benchCharts({ json, quick, ...options }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const size = quick ? sizes.quick : sizes.full;
  const rounds = options.rounds ?? 20;
  const prepareNothing = () => Promise.resolve();
  await withMeteredPortal(size, say, prepareNothing, async (portal) => {
    const site = siteDetail.parse(await (await portal.get(`/api/sites/${portal.siteId}`)).json());
    const results = await timeCalls(portal, addressesOf(site), rounds, say);
    if (json) console.log(JSON.stringify({ size, rounds, aimMs, results }));
    else printCalls(results, aimMs);
  });
}

/** What a site page asks for: ranges that end with the data. */
function addressesOf(site: SiteDetail): [name: string, address: string][] {
  const end = Date.parse(site.lastTime ?? '') + 60_000;
  const channels = site.devices.flatMap((device) => device.channels.map(({ id }) => id));
  const range = (days: number) =>
    `from=${new Date(end - days * dayMs).toISOString()}&to=${new Date(end).toISOString()}`;
  const base = `/api/sites/${site.id}`;
  const all = channels.map((id) => `channel=${id}`).join('&');
  return [
    ['list of sites', '/api/sites'],
    ['site', base],
    ...[1, 7, 31, 365].flatMap((days): [string, string][] => [
      [`total, ${days} d`, `${base}/series?${range(days)}`],
      [`30 channels, ${days} d`, `${base}/series?by=channel&${all}&${range(days)}`],
      [`energy, ${days} d`, `${base}/energy?${range(days)}`],
    ]),
    ['total, 7 d, compared', `${base}/series?compare=previous&${range(7)}`],
  ];
}
