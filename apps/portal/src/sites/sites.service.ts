import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CatalogueMatch, DeviceDetail, SiteDetail, SitesQuery, SiteSummary } from '#libs/contracts';
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
  constructor(private readonly dataSource: DataSource) {}

  async list({ state }: SitesQuery): Promise<SiteSummary[]> {
    const sites = await selectSites(this.dataSource, state);
    const uids = sites.map(({ id }) => id);
    const channels = Map.groupBy(await selectListedChannels(this.dataSource, uids), ({ siteId }) => siteId);
    return sites.map(({ id, slug, name, timeZone, archivedAt }) => ({
      id,
      slug,
      name,
      timeZone,
      archivedAt,
      ...summarize(channels.get(id) ?? []),
    }));
  }

  /** @throws CodedError NOT_FOUND */
  async find(id: string): Promise<SiteDetail> {
    const site: SiteRow | undefined = await selectSite(this.dataSource, id);
    if (site === undefined) throw notFound('site');
    const rows = await selectDeviceChannels(this.dataSource, id);
    return { ...site, ...summarize(rows), devices: groupByDevice(rows) };
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

function groupByDevice(rows: readonly DeviceChannelRow[]): DeviceDetail[] {
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
        lastTime: latest(ofDevice),
        lastPowerW: powerNow(ofDevice),
        channels: ofDevice.flatMap(channelOf),
      },
    ];
  });
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
