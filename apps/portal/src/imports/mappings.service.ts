import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ImportMapping, SaveMappingBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { FileBindings } from './file-bindings.js';
import { deleteMapping, selectMappings, upsertMapping } from './mappings.queries.js';

function collects({ files }: ImportMapping): string {
  return files === null ? '' : `, for collected files ${files}`;
}

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

  /** Which files of a source are read by a mapping, as it is now. */
  async bindings(): Promise<FileBindings> {
    return new FileBindings(await this.list());
  }

  save(body: SaveMappingBody, actor: Actor): Promise<ImportMapping> {
    return this.dataSource.transaction(async (manager) => {
      const saved = await upsertMapping(manager, body, actor.account);
      const channels = body.mapping.values.channels.length;
      await this.audit.record(manager, {
        ...actor,
        action: 'import-mapping.saved',
        subject: body.name,
        summary: `Saved the mapping "${body.name}" with ${channels} ${channels === 1 ? 'channel' : 'channels'}${collects(saved)}`,
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
