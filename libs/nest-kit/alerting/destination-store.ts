import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AlertDestination, AlertDestinationBody } from '#libs/contracts';
import type { Alerting } from './alerting.js';
import { ALERTING } from './tokens.js';

type Queryable = Pick<EntityManager, 'query'>;

/** Where notices go, in the schema of the app. */
@Injectable()
export class DestinationStore {
  private readonly schema: string;

  constructor(@Inject(ALERTING) { schema }: Alerting) {
    this.schema = schema;
  }

  /** Of one, or of all: by type and address. */
  async select(database: Queryable, id: string | null): Promise<AlertDestination[]> {
    const rows: DestinationRow[] = await database.query(
      `SELECT id, type, address, enabled, last_sent_at AS "lastSentAt", last_error_at AS "lastErrorAt",
         last_error AS "lastError"
       FROM ${this.schema}.alert_destination WHERE $1::uuid IS NULL OR id = $1 ORDER BY type, address`,
      [id],
    );
    return rows.map(toDestination);
  }

  /** @returns its id, or undefined when there is one of this type and address */
  async insert(
    manager: EntityManager,
    { type, address, enabled }: AlertDestinationBody,
  ): Promise<string | undefined> {
    const rows: { id: string }[] = await manager.query(
      `INSERT INTO ${this.schema}.alert_destination (id, type, address, enabled) VALUES ($1, $2, $3, $4)
       ON CONFLICT (type, address) DO NOTHING RETURNING id`,
      [uuid(), type, address, enabled],
    );
    return rows[0]?.id;
  }

  /** @returns false when another one has this address */
  async update(
    manager: EntityManager,
    id: string,
    { type, address, enabled }: AlertDestinationBody,
  ): Promise<boolean> {
    const rows: unknown[] = await manager.query(
      `WITH edited AS (
         UPDATE ${this.schema}.alert_destination SET address = $3, enabled = $4,
           last_error = CASE WHEN address = $3 THEN last_error END,
           last_error_at = CASE WHEN address = $3 THEN last_error_at END
         WHERE id = $1 AND NOT EXISTS (
           SELECT FROM ${this.schema}.alert_destination WHERE type = $2 AND address = $3 AND id <> $1)
         RETURNING 1)
       SELECT FROM edited`,
      [id, type, address, enabled],
    );
    return rows.length > 0;
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.query(`DELETE FROM ${this.schema}.alert_destination WHERE id = $1`, [id]);
  }
}

type DestinationRow = Omit<AlertDestination, 'lastSentAt' | 'lastError'> & {
  lastSentAt: Date | null;
  lastErrorAt: Date | null;
  lastError: string | null;
};

function toDestination({ lastErrorAt, lastError, lastSentAt, ...row }: DestinationRow): AlertDestination {
  return {
    ...row,
    lastSentAt: lastSentAt?.toISOString() ?? null,
    lastError:
      lastErrorAt === null ? null : { at: lastErrorAt.toISOString(), message: lastError ?? 'unknown' },
  };
}
