import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeviceChange, NewDevice } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { CatalogueTransaction, notFound } from './catalogue-transaction.js';
import { summarizeChange } from './change-summary.js';
import {
  findSiteOfDevice,
  insertDevice,
  lockDevice,
  moveDevice,
  selectPlace,
  updateDevice,
  type DevicePlace,
} from './device-change.queries.js';
import { withChange } from './field-change.js';
import { lockSite, type LockedSite } from './site-change.queries.js';

/** Creates and edits devices, and moves slave modules under a master. */
@Injectable()
export class DeviceChangeService {
  constructor(
    private readonly transaction: CatalogueTransaction,
    private readonly audit: AuditService,
  ) {}

  /** @throws CodedError NOT_FOUND, CATALOGUE_CONFLICT, BODY_INVALID for a master that cannot be one */
  create(siteId: string, body: NewDevice, actor: Actor): Promise<{ id: string }> {
    return this.transaction.run(async (manager, outbox) => {
      const site = await lockSite(manager, siteId);
      if (site === undefined) throw notFound('site');
      const { serial, name = '', externalId = null, masterId = null, watched = true } = body;
      const master = await this.findMaster(manager, site, masterId);
      const fields = { serial, name, externalId, master: master?.serial ?? null, watched };
      const id = await insertDevice(manager, site.id, fields, master?.id ?? null);
      await outbox?.announce({ sites: [], devices: [{ id, siteId, serial, masterId }], channels: [] });
      const summary = master === null ? 'Created' : `Created as a slave of ${master.serial}`;
      const subject = subjectOf(site, serial);
      await this.audit.record(manager, { ...actor, action: 'device.created', subject, summary });
      return { id };
    });
  }

  /** @throws CodedError NOT_FOUND, CATALOGUE_CONFLICT, BODY_INVALID for a master that cannot be one */
  edit(id: string, change: DeviceChange, actor: Actor): Promise<void> {
    return this.transaction.run(async (manager, outbox) => {
      const site = await this.lockSiteOf(manager, id);
      const device = await lockDevice(manager, id);
      if (device === undefined) throw notFound('device');
      const masterId = change.masterId === undefined ? device.masterUid : change.masterId;
      const fields = withChange(device.fields, change);
      if (masterId !== device.masterUid) {
        const master = await this.findMaster(manager, site, masterId, id);
        await moveDevice(manager, device.id, master?.id ?? null);
        fields.master = master?.serial ?? null;
      }
      const summary = summarizeChange(device.fields, fields);
      if (summary === undefined) return;
      await updateDevice(manager, device.id, fields);
      const { serial } = fields;
      if (serial !== device.fields.serial || masterId !== device.masterUid) {
        await outbox?.announce({
          sites: [],
          devices: [{ id, siteId: site.uid, serial, masterId }],
          channels: [],
        });
      }
      const subject = subjectOf(site, device.fields.serial);
      await this.audit.record(manager, { ...actor, action: 'device.edited', subject, summary });
    });
  }

  private async lockSiteOf(manager: EntityManager, deviceId: string): Promise<LockedSite> {
    const siteId = await findSiteOfDevice(manager, deviceId);
    const site = siteId === undefined ? undefined : await lockSite(manager, siteId);
    if (site === undefined) throw notFound('device');
    return site;
  }

  /** @param slaveId the device that is to be its slave; undefined for a new one */
  private async findMaster(
    manager: EntityManager,
    site: LockedSite,
    masterId: string | null,
    slaveId?: string,
  ): Promise<DevicePlace | null> {
    if (masterId === null) return null;
    const master = await selectPlace(manager, site.uid, masterId);
    const slave = slaveId === undefined ? undefined : await selectPlace(manager, site.uid, slaveId);
    if (master === undefined) throw masterRefused('is no device of this site');
    if (masterId === slaveId) throw masterRefused('is the device itself');
    if (master.isSlave) throw masterRefused('is a slave module itself');
    if (slave?.hasSlaves === true) throw masterRefused('must stay empty: the device has slave modules');
    return master;
  }
}

function masterRefused(message: string): CodedError {
  return new CodedError('BODY_INVALID', { problems: [{ path: 'masterId', message }] });
}

function subjectOf(site: LockedSite, serial: string): string {
  return `device ${site.fields.slug}/${serial}`;
}
