import { describe, expect, it } from 'vitest';
import type { ChannelDetail } from '#libs/contracts';
import { channelBody, isPeriod, valuesOfChannel } from './channel-body.js';

const channel: ChannelDetail = {
  id: '018f0000-0000-7000-8000-000000000001',
  label: 'Ch1',
  name: 'Oven',
  meterName: 'Voie1',
  unit: 'W',
  quantity: 'power',
  samplePeriodSeconds: 60,
  samplePeriodFrom: 'data',
  externalId: null,
  lastTime: null,
  lastValue: null,
};

describe('channelBody', () => {
  it('holds all of a new channel; its quantity follows from the unit', () => {
    const values = { ...valuesOfChannel(undefined), label: ' E1 ', unit: 'kWh' };
    expect(channelBody(values, undefined)).toEqual({
      name: null,
      label: 'E1',
      unit: 'kWh',
      samplePeriodSeconds: null,
      externalId: null,
    });
  });

  it('holds of a change what differs', () => {
    const values = { ...valuesOfChannel(channel), name: '', samplePeriod: '300' };
    expect(channelBody(values, channel)).toEqual({ name: null, samplePeriodSeconds: 300 });
    expect(channelBody(valuesOfChannel(channel), channel)).toEqual({});
  });
});

it.each([
  ['', true],
  ['60', true],
  ['0', false],
  ['1.5', false],
  ['-5', false],
])('takes %j as a period: %s', (text, isOne) => {
  expect(isPeriod(text)).toBe(isOne);
});
