import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ComputedBill, SampleDayBody, TariffBody, TariffDetail } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { loadHolidays, priceSampleDay, validityGaps } from '#libs/tariffs';
import { AuditService } from '../audit/audit.service.js';
import { lockMunicipality } from './municipalities.queries.js';
import {
  deleteTariff,
  insertTariff,
  isTariffNameTaken,
  lockTariff,
  selectTariff,
  selectVersions,
  updateTariff,
} from './tariffs.queries.js';

@Injectable()
export class TariffsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  /** @throws CodedError NOT_FOUND */
  find(id: string): Promise<TariffDetail> {
    return findTariff(this.dataSource, id);
  }

  /** @throws CodedError NOT_FOUND, TARIFF_EXISTS */
  add(municipalityId: string, { name }: TariffBody, actor: Actor): Promise<TariffDetail> {
    return this.dataSource.transaction(async (manager) => {
      const municipality = await lockMunicipality(manager, municipalityId);
      if (municipality === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such municipality' });
      const id = await insertTariff(manager, municipalityId, name);
      if (id === undefined) throw new CodedError('TARIFF_EXISTS', { detail: name });
      await this.audit.record(manager, {
        ...actor,
        action: 'tariff.saved',
        subject: `tariff ${municipality}/${name}`,
        summary: `Added tariff "${name}"`,
      });
      return findTariff(manager, id);
    });
  }

  /** @throws CodedError NOT_FOUND, TARIFF_EXISTS */
  rename(id: string, { name }: TariffBody, actor: Actor): Promise<TariffDetail> {
    return this.dataSource.transaction(async (manager) => {
      const before = await lockForChange(manager, id);
      if (await isTariffNameTaken(manager, id, name)) throw new CodedError('TARIFF_EXISTS', { detail: name });
      await updateTariff(manager, id, name);
      await this.audit.record(manager, {
        ...actor,
        action: 'tariff.saved',
        subject: `tariff ${before.municipality.name}/${name}`,
        summary: `Renamed tariff "${before.name}" to "${name}"`,
      });
      return findTariff(manager, id);
    });
  }

  /**
   * Its versions go with it.
   * @throws CodedError NOT_FOUND, TARIFF_IN_USE while sites are billed by it
   */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { name, municipality, siteCount, versions } = await lockForChange(manager, id);
      if (siteCount > 0) {
        throw new CodedError('TARIFF_IN_USE', { detail: siteCount === 1 ? '1 site' : `${siteCount} sites` });
      }
      await deleteTariff(manager, id);
      await this.audit.record(manager, {
        ...actor,
        action: 'tariff.removed',
        subject: `tariff ${municipality.name}/${name}`,
        summary: `Removed tariff "${name}" with ${versions.length} versions`,
      });
    });
  }

  /** What a day would cost; the document need not be saved. */
  async priceSampleDay({ document, ...sample }: SampleDayBody): Promise<ComputedBill> {
    const calendars = document.holidays === null ? [] : [document.holidays];
    const isHoliday = await loadHolidays(calendars, [Number(sample.day.slice(0, 4))]);
    return priceSampleDay(document, sample, { subscribed: sample.subscribed, isHoliday });
  }
}

/** @throws CodedError NOT_FOUND */
export async function findTariff(database: DataSource | EntityManager, id: string): Promise<TariffDetail> {
  const tariff = await selectTariff(database, id);
  if (tariff === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such tariff' });
  const versions = await selectVersions(database, id);
  return { ...tariff, versions, gaps: validityGaps(versions) };
}

/** @throws CodedError NOT_FOUND */
export async function lockForChange(manager: EntityManager, id: string): Promise<TariffDetail> {
  if (!(await lockTariff(manager, id))) throw new CodedError('NOT_FOUND', { detail: 'no such tariff' });
  return findTariff(manager, id);
}
