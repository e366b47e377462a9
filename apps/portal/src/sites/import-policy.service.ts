import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ImportPolicy } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { selectImportPolicy, selectUnknownSerials, updateImportPolicy } from './import-policy.queries.js';

/** What becomes of meter files with devices that the portal does not know. */
@Injectable()
export class ImportPolicyService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  read(): Promise<ImportPolicy> {
    return selectImportPolicy(this.dataSource);
  }

  change(policy: ImportPolicy, actor: Actor): Promise<ImportPolicy> {
    return this.dataSource.transaction(async (manager) => {
      const before = await updateImportPolicy(manager, policy);
      if (before.unknownDevices !== policy.unknownDevices) {
        const summary = `Unknown devices: ${before.unknownDevices} → ${policy.unknownDevices}`;
        await this.audit.record(manager, {
          ...actor,
          action: 'settings.changed',
          subject: 'import policy',
          summary,
        });
      }
      return policy;
    });
  }
}

/** Whether imports create what nobody knows yet. */
export async function mayCreate(manager: EntityManager): Promise<boolean> {
  return (await selectImportPolicy(manager)).unknownDevices === 'create';
}

/**
 * Lets a file's devices pass, or names those that are unknown where the policy is to reject them.
 * @param slug name of the site's folder
 * @throws CodedError IMPORT_DEVICES_UNKNOWN
 */
export async function checkDevices(
  manager: EntityManager,
  slug: string,
  serials: readonly string[],
): Promise<void> {
  if (await mayCreate(manager)) return;
  const unknown = await selectUnknownSerials(manager, slug, serials);
  if (unknown.length === 0) return;
  throw new CodedError('IMPORT_DEVICES_UNKNOWN', {
    detail: unknown.map((serial) => `${slug}/${serial}`).join(', '),
  });
}
