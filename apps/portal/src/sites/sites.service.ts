import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  CatalogueMatch,
  DeviceDelivery,
  DeviceDetail,
  SiteDetail,
  SitesQuery,
  SiteSummary,
} from '#libs/contracts';
import { DeliveriesService, type DeliveryState } from '../deliveries/deliveries.service.js';
import { powerNow } from '../measurements/counted-channels.js';
import { searchCatalogue } from './catalogue-search.queries.js';
import { notFound } from './catalogue-transaction.js';
import {
  selectDeviceChannels,
  selectListedChannels,
  selectSite,
  selectSites,
  type DeviceChannelRow,
  type ListedChannel,
  type SiteRow,
} from './sites.queries.js';

@Injectable()
export class SitesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly deliveries: DeliveriesService,
  ) {}

  async list({ state }: SitesQuery): Promise<SiteSummary[]> {
    const sites = await selectSites(this.dataSource, state);
    const uids = sites.map(({ id }) => id);
    const channels = Map.groupBy(await selectListedChannels(this.dataSource, uids), ({ siteId }) => siteId);
    const overdue = countOverdue(await this.deliveries.list(new Date()));
    return sites.map(({ id, slug, name, timeZone, archivedAt }) => ({
      id,
      slug,
      name,
      timeZone,
      archivedAt,
      ...summarize(channels.get(id) ?? []),
      overdueDevices: overdue.get(id) ?? 0,
    }));
  }

  /** @throws CodedError NOT_FOUND */
  async find(id: string): Promise<SiteDetail> {
    const site: SiteRow | undefined = await selectSite(this.dataSource, id);
    if (site === undefined) throw notFound('site');
    const rows = await selectDeviceChannels(this.dataSource, id);
    const states = await this.deliveries.list(new Date(), { siteUid: id });
    const overdueDevices = countOverdue(states).get(id) ?? 0;
    return { ...site, ...summarize(rows), overdueDevices, devices: groupByDevice(rows, states) };
  }

  search(text: string): Promise<CatalogueMatch[]> {
    return searchCatalogue(this.dataSource, text);
  }
}

/** What the rows of a site say together. */
function summarize(rows: readonly ListedChannel[]) {
  return {
    deviceCount: new Set(rows.map(({ deviceId }) => deviceId)).size,
    channelCount: rows.filter(({ label }) => label !== null).length,
    lastTime: latest(rows),
    lastPowerW: powerNow(rows),
  };
}

/** By id of the site. */
function countOverdue(states: readonly DeliveryState[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { siteUid, overdueSince } of states) {
    if (overdueSince !== null) counts.set(siteUid, (counts.get(siteUid) ?? 0) + 1);
  }
  return counts;
}

function groupByDevice(rows: readonly DeviceChannelRow[], states: readonly DeliveryState[]): DeviceDetail[] {
  const devices = Map.groupBy(rows, ({ deviceId }) => deviceId);
  return [...devices.values()].flatMap((ofDevice) => {
    const [first] = ofDevice;
    if (first === undefined) return [];
    return [
      {
        id: first.deviceId,
        serial: first.serial,
        name: first.deviceName,
        externalId: first.deviceExternalId,
        masterSerial: first.masterSerial,
        watched: first.watched,
        delivery: deliveryOf(states.find(({ uid }) => uid === first.deviceId)),
        lastTime: latest(ofDevice),
        lastPowerW: powerNow(ofDevice),
        channels: ofDevice.flatMap(channelOf),
      },
    ];
  });
}

function deliveryOf(state: DeliveryState | undefined): DeviceDelivery | null {
  if (state === undefined) return null;
  const { lastAt, everySeconds, overdueSince } = state;
  return {
    lastAt: lastAt.toISOString(),
    everySeconds,
    overdueSince: overdueSince?.toISOString() ?? null,
  };
}

function channelOf(row: DeviceChannelRow): DeviceDetail['channels'] {
  if (row.id === null) return [];
  const { id, label, name, meterName, unit, quantity, externalId, lastTime, lastValue } = row;
  const { samplePeriodSeconds, samplePeriodFrom } = row;
  const period = { samplePeriodSeconds, samplePeriodFrom };
  return [{ id, label, name, meterName, unit, quantity, ...period, externalId, lastTime, lastValue }];
}

/** ISO instants of one length are in the order of their text. */
function latest(rows: readonly { lastTime: string | null }[]): string | null {
  return rows.reduce<string | null>(
    (newest, { lastTime }) =>
      lastTime !== null && (newest === null || lastTime > newest) ? lastTime : newest,
    null,
  );
}
