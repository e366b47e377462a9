import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeviceDetail, SiteDetail, SiteSummary } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { selectDeviceChannels, selectSites, type DeviceChannelRow } from './sites.queries.js';

@Injectable()
export class SitesService {
  constructor(private readonly dataSource: DataSource) {}

  list(): Promise<SiteSummary[]> {
    return selectSites(this.dataSource, null);
  }

  async find(id: string): Promise<SiteDetail> {
    const [site] = await selectSites(this.dataSource, id);
    if (site === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such site' });
    return { ...site, devices: groupByDevice(await selectDeviceChannels(this.dataSource, id)) };
  }
}

function groupByDevice(rows: DeviceChannelRow[]): DeviceDetail[] {
  const devices = new Map<string, DeviceDetail>();
  for (const { deviceId, serial, masterSerial, ...channel } of rows) {
    const device = devices.get(deviceId) ?? { id: deviceId, serial, masterSerial, channels: [] };
    devices.set(deviceId, device);
    if (channel.id !== null) device.channels.push(channel);
  }
  return [...devices.values()];
}
