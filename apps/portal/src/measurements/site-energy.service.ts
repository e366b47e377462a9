import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SiteEnergy, SiteEnergyQuery } from '#libs/contracts';
import { countedChannels, measuringChannels, type Counted } from './counted-channels.js';
import { analyseLoad, type Slot } from './load-analysis.js';
import { findSiteChannels, pickChannels, type SiteChannel } from './site-channels.js';
import { selectPowerSlots, selectRegisterSlots, type SlotSeconds } from './slots.queries.js';
import { localDays } from './zone-clock.js';

const dayMs = 86_400_000;

const slotChoices = [900, 1_800, 3_600] as const satisfies SlotSeconds[];

/** Longer ranges are computed from hours, where days begin with one. */
const maxShortSlotDays = 35;

/** Slots of a site, ascending. */
export interface SiteSlots {
  slots: Slot[];
  slotSeconds: SlotSeconds;
  channelCount: number;
}

/** Energy of a site by day, its load profile, base load and peak. */
@Injectable()
export class SiteEnergyService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws CodedError NOT_FOUND, BODY_INVALID for channels of another site */
  async find(siteId: string, query: SiteEnergyQuery): Promise<SiteEnergy> {
    const site = await findSiteChannels(this.dataSource, siteId);
    const counted =
      query.channel === undefined
        ? countedChannels(site.channels)
        : measuringChannels(pickChannels(site, query.channel));
    const slotSeconds = chooseSlot(site.timeZone, query, counted);
    const slotMs = slotSeconds * 1_000;
    // A slot that has a part in the range is taken as a whole.
    const from = Math.floor(Date.parse(query.from) / slotMs) * slotMs;
    const to = Math.ceil(Date.parse(query.to) / slotMs) * slotMs;
    const slots = await this.slots(counted, from, to, slotSeconds);
    const options = {
      timeZone: site.timeZone,
      from,
      to,
      now: Date.now(),
      slotSeconds,
      channelCount: counted.length,
    };
    return {
      timeZone: site.timeZone,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      channelIds: counted.map(({ channel }) => channel.id),
      slotSeconds,
      ...analyseLoad(slots, options),
    };
  }

  /**
   * The slots of the channels that count, as short as the samples allow, for what long periods cost.
   * @param from epoch milliseconds at which a day begins
   * @throws CodedError NOT_FOUND
   */
  async slotsOfDays(siteId: string, from: number, to: number): Promise<SiteSlots> {
    const site = await findSiteChannels(this.dataSource, siteId);
    const counted = countedChannels(site.channels);
    const slotSeconds = evenSlot(site.timeZone, from, to, counted);
    const slotMs = slotSeconds * 1_000;
    const slots = await this.slots(counted, from, Math.ceil(to / slotMs) * slotMs, slotSeconds);
    return { slots, slotSeconds, channelCount: counted.length };
  }

  private async slots(
    counted: readonly Counted<SiteChannel>[],
    from: number,
    to: number,
    slotSeconds: SlotSeconds,
  ): Promise<Slot[]> {
    // A single sample holds for nobody knows how long.
    const measured = counted.filter(({ channel }) => channel.periodSeconds !== null);
    const of = (kind: Counted<SiteChannel>['kind']) => ({
      channels: measured.filter((one) => one.kind === kind),
      from: new Date(from),
      to: new Date(to),
      slotSeconds,
    });
    const [power, register] = [of('power'), of('register')];
    return addUp(
      power.channels.length === 0 ? [] : await selectPowerSlots(this.dataSource, power),
      register.channels.length === 0 ? [] : await selectRegisterSlots(this.dataSource, register),
    );
  }
}

function chooseSlot(
  timeZone: string,
  query: SiteEnergyQuery,
  counted: readonly Counted<SiteChannel>[],
): SlotSeconds {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
  return to - from > maxShortSlotDays * dayMs
    ? longestSlot(timeZone, from, to)
    : evenSlot(timeZone, from, to, counted);
}

/** The shortest slot that holds as many samples as the next one, so that each says as much of the load. */
function evenSlot(
  timeZone: string,
  from: number,
  to: number,
  counted: readonly Counted<SiteChannel>[],
): SlotSeconds {
  const longest = longestSlot(timeZone, from, to);
  const isEven = (slot: SlotSeconds) =>
    counted.every(({ channel }) => slot % (channel.periodSeconds ?? slot) === 0);
  return slotChoices.find((slot) => slot <= longest && isEven(slot)) ?? longest;
}

/** The longest slot with which all days of the zone begin. */
function longestSlot(timeZone: string, from: number, to: number): SlotSeconds {
  const days = localDays(timeZone, from, to);
  return slotChoices.findLast((slot) => days.every(({ start }) => start % (slot * 1_000) === 0)) ?? 900;
}

/** Both in ascending order of time; so is what comes out. */
function addUp(power: Slot[], register: Slot[]): Slot[] {
  if (register.length === 0) return power;
  if (power.length === 0) return register;
  const byTime = new Map(power.map((slot) => [slot.time, { ...slot }]));
  for (const slot of register) {
    const same = byTime.get(slot.time);
    if (same === undefined) byTime.set(slot.time, slot);
    else {
      same.energyWh += slot.energyWh;
      same.coveredSeconds += slot.coveredSeconds;
      same.channels += slot.channels;
    }
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}
