import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ImportMapping, SaveMappingBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { deleteMapping, selectMappings, upsertMapping } from './mappings.queries.js';

/** Mappings of the columns of other makers' files, by name. What was imported by one keeps its own copy. */
@Injectable()
export class MappingsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  list(): Promise<ImportMapping[]> {
    return selectMappings(this.dataSource);
  }

  save(body: SaveMappingBody, actor: Actor): Promise<ImportMapping> {
    return this.dataSource.transaction(async (manager) => {
      const saved = await upsertMapping(manager, body, actor.account);
      const channels = body.mapping.values.channels.length;
      await this.audit.record(manager, {
        ...actor,
        action: 'import-mapping.saved',
        subject: body.name,
        summary: `Saved the mapping "${body.name}" with ${channels} ${channels === 1 ? 'channel' : 'channels'}`,
      });
      return saved;
    });
  }

  /** @throws CodedError NOT_FOUND */
  remove(id: string, actor: Actor): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const name = await deleteMapping(manager, id);
      if (name === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such mapping' });
      const summary = `Removed the mapping "${name}"`;
      await this.audit.record(manager, {
        ...actor,
        action: 'import-mapping.removed',
        subject: name,
        summary,
      });
    });
  }
}
