import { describe, expect, it } from 'vitest';
import { integratePower, integrateRegister } from './integration.js';
import { completeness, emptySeries, missingRanges, type LoadProfile } from './load-profile.js';

/** 2026-01-01T00:00Z, in minutes. */
const start = Date.UTC(2026, 0, 1) / 60_000;
const hour = { start, end: start + 60 };

function profile(): LoadProfile {
  return { start, minutes: 60, active: emptySeries(60) };
}

function target(load: LoadProfile, periodSeconds: number, kilo = 1) {
  return { series: load.active, startMinute: start, holdMs: 2 * periodSeconds * 1_000, kilo };
}

/** Seconds after the start. */
const at = (seconds: number) => start * 60_000 + seconds * 1_000;
const total = (load: LoadProfile) => load.active.amount.reduce((sum, kwh) => sum + kwh, 0);

describe('power', () => {
  it('holds from its time until the next sample', () => {
    const load = profile();
    const channel = integratePower(target(load, 900));
    for (const [index, kw] of [4, 8, 0, 2].entries()) channel.add(at(index * 900), kw);
    channel.finish();
    expect(total(load)).toBeCloseTo((4 + 8 + 0 + 2) / 4, 12);
    expect(load.active.amount[0]).toBeCloseTo(4 / 60, 12);
    expect(load.active.amount[15]).toBeCloseTo(8 / 60, 12);
    expect(completeness(load, load.active, hour)).toBe(1);
    expect(missingRanges(load, load.active, hour)).toEqual([]);
  });

  it('holds at most twice the sample period, and what follows is a gap', () => {
    const load = profile();
    const channel = integratePower(target(load, 60));
    channel.add(at(0), 6);
    channel.add(at(1_800), 6);
    channel.finish();
    expect(total(load)).toBeCloseTo((6 * 4) / 60, 12);
    expect(completeness(load, load.active, hour)).toBeCloseTo(4 / 60, 12);
    expect(missingRanges(load, load.active, hour)).toEqual([
      { start: start + 2, end: start + 30 },
      { start: start + 32, end: start + 60 },
    ]);
  });

  it('reaches into the profile from before it, and not out of it', () => {
    const load = profile();
    const channel = integratePower(target(load, 600));
    channel.add(at(-300), 12);
    channel.add(at(300), 0);
    channel.add(at(3_500), 12);
    channel.finish();
    expect(total(load)).toBeCloseTo((12 * 300 + 12 * 100) / 3_600, 12);
  });

  it('is split at the minute, however the samples lie', () => {
    const load = profile();
    const channel = integratePower(target(load, 100));
    for (let seconds = 30; seconds < 3_600; seconds += 100) channel.add(at(seconds), 36);
    channel.finish();
    expect(load.active.amount[0]).toBeCloseTo((36 * 30) / 3_600, 12);
    expect(load.active.amount[1]).toBeCloseTo((36 * 60) / 3_600, 12);
    expect(missingRanges(load, load.active, hour)).toEqual([{ start, end: start + 1 }]);
  });

  it('of several channels is added, watts and kilowatts, and complete only where all are', () => {
    const load = profile();
    const first = integratePower(target(load, 1_800, 0.001));
    const second = integratePower(target(load, 1_800));
    first.add(at(0), 2_000);
    second.add(at(0), -1);
    second.add(at(1_800), Number.NaN);
    first.finish();
    second.finish();
    expect(total(load)).toBeCloseTo(2 - 0.5, 12);
    expect(completeness(load, load.active, hour)).toBeCloseTo(0.75, 12);
    expect(missingRanges(load, load.active, hour)).toEqual([{ start: start + 30, end: start + 60 }]);
  });
});

describe('a register', () => {
  it('counts by difference, evenly between two readings', () => {
    const load = profile();
    const channel = integrateRegister(target(load, 1_800, 0.001));
    channel.add(at(0), 500_000);
    channel.add(at(1_800), 501_000);
    channel.add(at(3_600), 504_000);
    channel.finish();
    expect(total(load)).toBeCloseTo(4, 12);
    expect(load.active.amount[0]).toBeCloseTo(1 / 30, 12);
    expect(load.active.amount[59]).toBeCloseTo(3 / 30, 12);
    expect(completeness(load, load.active, hour)).toBe(1);
  });

  it('that falls was reset, and has counted from 0 since', () => {
    const load = profile();
    const channel = integrateRegister(target(load, 1_800));
    channel.add(at(0), 990);
    channel.add(at(1_800), 995);
    channel.add(at(3_600), 2);
    channel.finish();
    expect(total(load)).toBeCloseTo(5 + 2, 12);
  });

  it('bills what it counted in a gap, and does not call the gap measured', () => {
    const load = profile();
    const channel = integrateRegister(target(load, 60));
    channel.add(at(0), 10);
    channel.add(at(60), 11);
    channel.add(at(3_600), 70);
    channel.finish();
    expect(total(load)).toBeCloseTo(60, 10);
    expect(missingRanges(load, load.active, hour)).toEqual([{ start: start + 1, end: start + 60 }]);
  });

  it('says nothing before its first and after its last reading', () => {
    const load = profile();
    const channel = integrateRegister(target(load, 1_800));
    channel.add(at(600), 10);
    channel.add(at(1_200), 12);
    channel.finish();
    expect(total(load)).toBeCloseTo(2, 12);
    expect(completeness(load, load.active, hour)).toBeCloseTo(1 / 6, 12);
  });
});

it('without channels nothing is complete', () => {
  const load = profile();
  expect(completeness(load, load.active, hour)).toBe(0);
  expect(missingRanges(load, load.active, hour)).toEqual([hour]);
});
