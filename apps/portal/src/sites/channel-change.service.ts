import { Injectable } from '@nestjs/common';
import type { ChannelChange, NewChannel, PushedChannel } from '#libs/contracts';
import { quantityOf } from '#libs/meter-files';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { CatalogueTransaction, notFound } from './catalogue-transaction.js';
import {
  insertChannel,
  lockChannel,
  lockDeviceOfChannel,
  updateChannel,
  type ChannelFields,
  type LockedChannel,
} from './channel-change.queries.js';
import { summarizeChange } from './change-summary.js';
import { withChange } from './field-change.js';

/** Creates and edits channels. */
@Injectable()
export class ChannelChangeService {
  constructor(
    private readonly transaction: CatalogueTransaction,
    private readonly audit: AuditService,
  ) {}

  /** @throws CodedError NOT_FOUND, CATALOGUE_CONFLICT */
  create(deviceId: string, body: NewChannel, actor: Actor): Promise<{ id: string }> {
    return this.transaction.run(async (manager, outbox) => {
      const device = await lockDeviceOfChannel(manager, deviceId);
      if (device === undefined) throw notFound('device');
      const { label, unit } = body;
      const fields = {
        label,
        unit,
        quantity: body.quantity ?? quantityOf(unit),
        name: body.name ?? label,
        samplePeriodSeconds: body.samplePeriodSeconds ?? null,
        externalId: body.externalId ?? null,
      };
      const id = await insertChannel(manager, device.id, fields);
      await outbox?.announce({ sites: [], devices: [], channels: [pushed(id, deviceId, fields)] });
      const subject = subjectOf({ ...device, fields });
      const summary = `Created with the unit ${unit === '' ? 'none' : unit}`;
      await this.audit.record(manager, { ...actor, action: 'channel.created', subject, summary });
      return { id };
    });
  }

  /** @throws CodedError NOT_FOUND, CATALOGUE_CONFLICT */
  edit(id: string, change: ChannelChange, actor: Actor): Promise<void> {
    return this.transaction.run(async (manager, outbox) => {
      const channel = await lockChannel(manager, id);
      if (channel === undefined) throw notFound('channel');
      const fields = changed(channel, change);
      const byHand = {
        name: change.name === undefined ? channel.isRenamed : change.name !== null,
        quantity: channel.isQuantitySet || change.quantity !== undefined,
      };
      const summary = summarizeChange(channel.fields, fields);
      const isSame = byHand.name === channel.isRenamed && byHand.quantity === channel.isQuantitySet;
      if (summary === undefined && isSame) return;
      await updateChannel(manager, channel.id, fields, byHand);
      if (isPushed(channel.fields, fields)) {
        await outbox?.announce({ sites: [], devices: [], channels: [pushed(id, channel.deviceUid, fields)] });
      }
      const subject = subjectOf(channel);
      const said = summary ?? 'Changed whether name and quantity follow the meter files';
      await this.audit.record(manager, { ...actor, action: 'channel.edited', subject, summary: said });
    });
  }
}

/** A new unit brings its quantity along, unless somebody chose another. */
function changed(channel: LockedChannel, { name, ...change }: ChannelChange): ChannelFields {
  const { fields, meterName, isQuantitySet } = channel;
  const ofMeter = meterName === '' ? (change.label ?? fields.label) : meterName;
  const follows = change.unit !== undefined && change.quantity === undefined && !isQuantitySet;
  const quantity = follows ? quantityOf(change.unit ?? '') : change.quantity;
  return withChange(fields, { ...change, quantity, name: name === null ? ofMeter : name });
}

function pushed(id: string, deviceId: string, { label, name, unit, quantity }: ChannelFields): PushedChannel {
  return { id, deviceId, label, name, unit, quantity };
}

function isPushed(before: ChannelFields, after: ChannelFields): boolean {
  return (['label', 'name', 'unit', 'quantity'] as const).some((field) => before[field] !== after[field]);
}

function subjectOf({ slug, serial, fields }: Pick<LockedChannel, 'slug' | 'serial' | 'fields'>): string {
  return `channel ${slug}/${serial}/${fields.label}`;
}
