import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Municipality, MunicipalityBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import {
  deleteMunicipality,
  insertMunicipality,
  isMunicipalityNameTaken,
  lockMunicipality,
  selectMunicipalities,
  updateMunicipality,
} from './municipalities.queries.js';

/** Who sets tariffs: municipalities and suppliers. */
@Injectable()
export class MunicipalitiesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  list(): Promise<Municipality[]> {
    return selectMunicipalities(this.dataSource, null);
  }

  /** @throws CodedError MUNICIPALITY_EXISTS */
  add({ name }: MunicipalityBody, actor: Actor): Promise<Municipality> {
    return this.dataSource.transaction(async (manager) => {
      const id = await insertMunicipality(manager, name);
      if (id === undefined) throw new CodedError('MUNICIPALITY_EXISTS', { detail: name });
      await this.audit.record(manager, {
        ...actor,
        action: 'municipality.saved',
        subject: `municipality ${name}`,
        summary: `Added municipality "${name}"`,
      });
      return find(manager, id);
    });
  }

  /** @throws CodedError NOT_FOUND, MUNICIPALITY_EXISTS */
  rename(id: string, { name }: MunicipalityBody, actor: Actor): Promise<Municipality> {
    return this.dataSource.transaction(async (manager) => {
      const before = await lock(manager, id);
      if (await isMunicipalityNameTaken(manager, id, name)) {
        throw new CodedError('MUNICIPALITY_EXISTS', { detail: name });
      }
      await updateMunicipality(manager, id, name);
      await this.audit.record(manager, {
        ...actor,
        action: 'municipality.saved',
        subject: `municipality ${name}`,
        summary: `Renamed municipality "${before}" to "${name}"`,
      });
      return find(manager, id);
    });
  }

  /** @throws CodedError NOT_FOUND, MUNICIPALITY_IN_USE while it has tariffs */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const name = await lock(manager, id);
      const { tariffs } = await find(manager, id);
      if (tariffs.length > 0) {
        throw new CodedError('MUNICIPALITY_IN_USE', { detail: tariffs.map((one) => one.name).join(', ') });
      }
      await deleteMunicipality(manager, id);
      await this.audit.record(manager, {
        ...actor,
        action: 'municipality.removed',
        subject: `municipality ${name}`,
        summary: `Removed municipality "${name}"`,
      });
    });
  }
}

async function lock(manager: EntityManager, id: string): Promise<string> {
  const name = await lockMunicipality(manager, id);
  if (name === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such municipality' });
  return name;
}

async function find(manager: EntityManager, id: string): Promise<Municipality> {
  const [found] = await selectMunicipalities(manager, id);
  if (found === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such municipality' });
  return found;
}
