import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LoadProfile } from '#libs/tariffs';
import { chooseLoadChannels, type LoadChoice } from './load-channels.js';
import { readLoad } from './load-reader.js';
import { selectLoadCandidates } from './load.queries.js';
import type { BilledSite } from './site-tariff.queries.js';

export interface SiteLoad extends LoadChoice {
  profile: LoadProfile;
}

interface LoadQuestion {
  /** Minutes since 1970 UTC, `end` exclusive. */
  start: number;
  end: number;
  /** Whether kVA are asked for, too. */
  apparentPower: boolean;
}

/** The load of sites, from their stored samples. */
@Injectable()
export class SiteLoadService {
  /** One load is read at a time, as each takes memory by the length of its period. */
  private reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  async read({ id }: BilledSite, { start, end, apparentPower }: LoadQuestion): Promise<SiteLoad> {
    const candidates = await selectLoadCandidates(this.dataSource, id);
    const choice = chooseLoadChannels(candidates, start * 60_000, end * 60_000);
    const used = choice.channels.filter(({ family }) => family === 'active' || apparentPower);
    const read = this.reading.then(() => readLoad(this.dataSource, used, start, end));
    this.reading = read.catch(() => undefined);
    return { ...choice, profile: await read };
  }
}
