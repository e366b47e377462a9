import type {
  CatalogueMatch,
  ChannelDetail,
  DeviceDetail,
  SiteDetail,
  SiteEnergy,
  SiteSeries,
  SiteSummary,
} from '#libs/contracts';
import { ago, uuid } from './admin-data.js';

const minute = 60_000;
const dayMs = 86_400_000;

function channelAt(number: number, label: string, unit: string, lastValue: number | null): ChannelDetail {
  const quantity = unit === 'W' ? 'power' : 'voltage';
  return {
    id: uuid(700 + number),
    label,
    name: unit === 'W' ? `Voie${String(number)}` : 'Ph 1',
    meterName: unit === 'W' ? `Voie${String(number)}` : 'Ph 1',
    unit,
    quantity,
    samplePeriodSeconds: lastValue === null ? null : 60,
    samplePeriodFrom: 'data',
    externalId: null,
    lastTime: lastValue === null ? null : ago(3 * minute),
    lastValue,
  };
}

function deviceAt(number: number, serial: string, master: string | null, name: string): DeviceDetail {
  const first = number * 10;
  return {
    id: uuid(600 + number),
    serial,
    name,
    externalId: null,
    masterSerial: master,
    watched: true,
    delivery:
      master === null
        ? {
            lastAt: ago((number === 3 ? 200 : 9) * minute),
            everySeconds: 600,
            overdueSince: number === 3 ? ago(180 * minute) : null,
          }
        : null,
    lastTime: ago(3 * minute),
    lastPowerW: 4_210.5,
    channels: [
      channelAt(first, 'U1', 'V', 231.4),
      channelAt(first + 1, 'Ch1', 'W', 1_204.6),
      channelAt(first + 2, 'Ch2', 'W', 3_005.9),
      channelAt(first + 3, 'Ch3', 'W', null),
    ],
  };
}

const summary: SiteSummary = {
  id: uuid(501),
  slug: 'north-plant',
  name: 'North plant',
  timeZone: 'Europe/Paris',
  archivedAt: null,
  deviceCount: 3,
  channelCount: 12,
  lastTime: ago(3 * minute),
  lastPowerW: 12_631.5,
  overdueDevices: 1,
};

export const northPlant: SiteDetail = {
  ...summary,
  address: '12 rue de la Gare, 59000 Lille',
  notes: 'Key at the gate.\nAsk for Mme Martin.',
  latitude: 50.6365,
  longitude: 3.0703,
  externalId: 'SAP-0017',
  devices: [
    deviceAt(1, '02001084', null, 'Main board'),
    deviceAt(2, '04002211', '02001084', ''),
    deviceAt(3, '02003107', null, 'Cold store'),
  ],
};

export const newSite: SiteDetail = {
  ...northPlant,
  id: uuid(502),
  slug: 'south',
  name: 'South',
  overdueDevices: 0,
  address: '',
  notes: '',
  latitude: null,
  longitude: null,
  externalId: null,
  deviceCount: 0,
  channelCount: 0,
  lastTime: null,
  lastPowerW: null,
  devices: [],
};

export const siteList: SiteSummary[] = [
  summary,
  {
    ...summary,
    id: newSite.id,
    slug: 'south',
    name: 'South',
    overdueDevices: 0,
    deviceCount: 0,
    channelCount: 0,
    lastTime: null,
    lastPowerW: null,
  },
];

export const found: CatalogueMatch[] = [
  {
    kind: 'device',
    id: uuid(601),
    title: '02001084',
    name: 'Main board',
    siteId: uuid(501),
    siteName: 'North plant',
    timeZone: 'Europe/Paris',
    archivedAt: null,
    serial: '02001084',
    unit: null,
    lastTime: ago(3 * minute),
    lastValue: null,
  },
  {
    kind: 'channel',
    id: uuid(711),
    title: 'Ch1',
    name: 'Main oven',
    siteId: uuid(503),
    siteName: 'Old hall',
    timeZone: 'Europe/Paris',
    archivedAt: ago(40 * dayMs),
    serial: '02009999',
    unit: 'W',
    lastTime: ago(40 * dayMs),
    lastValue: 812.4,
  },
];

/** A load with days and nights, in 200 steps, with a gap in it. */
export function seriesOf(query: URLSearchParams): SiteSeries {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(query.get(name) ?? '')) as [number, number];
  const step = (to - from) / 200;
  const ids = query.get('by') === 'channel' ? query.getAll('channel') : [null];
  const lines = (factor: number) =>
    ids.map((channelId, line) => {
      const steps = Array.from({ length: 200 }, (_, index) => index).filter(
        (index) => index < 120 || index > 130,
      );
      const times = steps.map((index) => from + index * step);
      const values = times.map((time) => factor * (9_000 + 800 * line + 4_000 * Math.sin(time / 13_750_987)));
      return { channelId, unit: 'W', times, values };
    });
  const iso = (time: number) => new Date(time).toISOString();
  return {
    timeZone: 'Europe/Paris',
    from: iso(from),
    to: iso(to),
    resolution: 'seconds',
    bucketSeconds: step / 1_000,
    channelCount: 6,
    series: lines(1),
    previous: query.has('compare') ? { from: iso(2 * from - to), to: iso(from), series: lines(0.8) } : null,
  };
}

export function energyOf(query: URLSearchParams): SiteEnergy {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(query.get(name) ?? '')) as [number, number];
  const days = Array.from({ length: Math.min(Math.round((to - from) / dayMs), 31) }, (_, index) => ({
    day: new Date(from + 7_200_000 + index * dayMs).toISOString().slice(0, 10),
    energyWh: 210_000 + 30_000 * Math.sin(index),
    coverage: index === 2 ? 0.61 : 1,
  }));
  return {
    timeZone: 'Europe/Paris',
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    channelIds: [uuid(711), uuid(712)],
    slotSeconds: 900,
    energyWh: days.reduce((sum, { energyWh }) => sum + energyWh, 0),
    completeness: 0.948,
    days,
    profile: Array.from({ length: 7 }, (_, weekday) =>
      Array.from({ length: 24 }, (__, hour) =>
        weekday === 6 && hour === 2
          ? null
          : 4_000 + (weekday < 5 && hour > 6 && hour < 19 ? 7_000 + 300 * hour : 0),
      ),
    ),
    baseLoadW: 3_941.2,
    peak: { powerW: 18_420.7, time: new Date(from + 40_500_000).toISOString() },
  };
}
