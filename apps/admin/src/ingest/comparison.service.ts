import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DigestQuery, IngestCatalogue, IngestDigests } from '#libs/contracts';
import { selectCatalogue, selectDigests } from './comparison.queries.js';

/** Tells a portal what Admin holds of it, so that it can send what is missing after either was restored. */
@Injectable()
export class ComparisonService {
  constructor(private readonly dataSource: DataSource) {}

  catalogue(customerId: number): Promise<IngestCatalogue> {
    return selectCatalogue(this.dataSource, customerId);
  }

  async digests(customerId: number, { from, to }: DigestQuery): Promise<IngestDigests> {
    return { digests: await selectDigests(this.dataSource, customerId, from, to) };
  }
}
