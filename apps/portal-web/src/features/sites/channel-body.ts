import type { ChannelDetail, NewChannel } from '#libs/contracts';
import { changedFields } from './site-body.js';

/** What the form holds: text, as it is typed. */
export interface ChannelFormValues {
  name: string;
  label: string;
  unit: string;
  quantity: string;
  samplePeriod: string;
  externalId: string;
}

/** For a new channel all of it; for a change what differs. */
export type ChannelBody = Partial<NewChannel>;

export function valuesOfChannel(channel: ChannelDetail | undefined): ChannelFormValues {
  if (channel === undefined) {
    return { name: '', label: '', unit: '', quantity: '', samplePeriod: '', externalId: '' };
  }
  const { name, label, unit, quantity, samplePeriodFrom, samplePeriodSeconds, externalId } = channel;
  return {
    name,
    label,
    unit,
    quantity,
    samplePeriod: samplePeriodFrom === 'hand' ? String(samplePeriodSeconds) : '',
    externalId: externalId ?? '',
  };
}

/** @param channel as it is; undefined for a new one */
export function channelBody(values: ChannelFormValues, channel: ChannelDetail | undefined): ChannelBody {
  const body = bodyOf(values);
  return channel === undefined ? body : changedFields(bodyOf(valuesOfChannel(channel)), body);
}

function bodyOf(values: ChannelFormValues): ChannelBody {
  const name = values.name.trim();
  const quantity = values.quantity.trim();
  const period = values.samplePeriod.trim();
  const externalId = values.externalId.trim();
  return {
    name: name === '' ? null : name,
    label: values.label.trim(),
    unit: values.unit.trim(),
    ...(quantity !== '' && { quantity }),
    samplePeriodSeconds: period === '' ? null : Number(period),
    externalId: externalId === '' ? null : externalId,
  };
}

/** Whether it is left out or a number of whole seconds. */
export function isPeriod(text: string): boolean {
  return /^\d*$/.test(text.trim()) && text.trim() !== '0';
}
