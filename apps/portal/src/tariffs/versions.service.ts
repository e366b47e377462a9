import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { StoredTariffVersion, TariffDetail, TariffVersionBody } from '#libs/contracts';
import { CodedError, type InputProblem } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { calendarProblem, validityProblems } from '#libs/tariffs';
import { AuditService } from '../audit/audit.service.js';
import { findTariff, lockForChange } from './tariffs.service.js';
import { deleteVersion, endOpenVersion, insertVersion, updateVersion } from './versions.queries.js';

/** What a tariff charges from which day; no two versions share a day. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  /** @throws CodedError NOT_FOUND, BODY_INVALID when it overlaps another or its calendar is not known */
  add(tariffId: string, body: TariffVersionBody, actor: Actor): Promise<TariffDetail> {
    return this.change(
      tariffId,
      actor,
      `Added the version from ${body.firstDay}`,
      async (manager, tariff) => {
        let others: readonly Pick<StoredTariffVersion, 'firstDay' | 'lastDay'>[] = tariff.versions;
        if (body.endPrevious) {
          await endOpenVersion(manager, tariffId, body.firstDay);
          others = (await findTariff(manager, tariffId)).versions;
        }
        await check(body, others);
        await insertVersion(manager, tariffId, body);
      },
    );
  }

  /** @throws CodedError NOT_FOUND, BODY_INVALID when it overlaps another or its calendar is not known */
  edit(tariffId: string, id: string, body: TariffVersionBody, actor: Actor): Promise<TariffDetail> {
    return this.change(
      tariffId,
      actor,
      `Changed the version from ${body.firstDay}`,
      async (manager, tariff) => {
        versionOf(tariff, id);
        await check(
          body,
          tariff.versions.filter((other) => other.id !== id.toLowerCase()),
        );
        await updateVersion(manager, id, body);
      },
    );
  }

  /** @throws CodedError NOT_FOUND */
  async remove(tariffId: string, id: string, actor: Actor): Promise<void> {
    const { firstDay } = versionOf(await findTariff(this.dataSource, tariffId), id);
    await this.change(tariffId, actor, `Removed the version from ${firstDay}`, async (manager, tariff) => {
      versionOf(tariff, id);
      await deleteVersion(manager, id);
    });
  }

  private change(
    tariffId: string,
    actor: Actor,
    summary: string,
    work: (manager: EntityManager, tariff: TariffDetail) => Promise<void>,
  ): Promise<TariffDetail> {
    return this.dataSource.transaction(async (manager) => {
      const tariff = await lockForChange(manager, tariffId);
      await work(manager, tariff);
      await this.audit.record(manager, {
        ...actor,
        action: 'tariff.saved',
        subject: `tariff ${tariff.municipality.name}/${tariff.name}`,
        summary,
      });
      return findTariff(manager, tariffId);
    });
  }
}

function versionOf({ versions }: TariffDetail, id: string): StoredTariffVersion {
  const version = versions.find((one) => one.id === id.toLowerCase());
  if (version === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such version' });
  return version;
}

async function check(body: TariffVersionBody, others: Parameters<typeof validityProblems>[1]): Promise<void> {
  const problems: InputProblem[] = validityProblems(body, others);
  if (body.document.holidays !== null) {
    const wrong = await calendarProblem(body.document.holidays);
    if (wrong !== undefined) problems.push({ ...wrong, path: `document.holidays.${wrong.path}` });
  }
  if (problems.length > 0) throw new CodedError('BODY_INVALID', { problems });
}
