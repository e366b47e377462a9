import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Alerting } from './alerting.js';
import { ALERTING } from './tokens.js';

/** Any constant; migrations and imports have locks of their own. */
const evaluationLock = 7_738_204;

export interface EvaluationTime {
  now: Date;
  /** Since when it goes on without a pause: what nobody watched has not held. */
  resumedAt: Date;
}

/** Lets one process evaluate at a time, and notes when it does. */
@Injectable()
export class EvaluationLog {
  constructor(@Inject(ALERTING) private readonly alerting: Alerting) {}

  /**
   * Notes the evaluation of `now`. Until the transaction ends no other process evaluates. After a pause, or a jump of the
   * clock, watching begins anew.
   * @returns undefined where another process evaluates
   */
  async begin(
    manager: EntityManager,
    now: Date,
    longestPauseSeconds: number,
  ): Promise<EvaluationTime | undefined> {
    const locks: { locked: boolean }[] = await manager.query(
      `SELECT pg_try_advisory_xact_lock($1) AS locked`,
      [evaluationLock],
    );
    if (locks[0]?.locked !== true) return undefined;
    const rows: { resumedAt: Date }[] = await manager.query(
      `WITH noted AS (
         UPDATE ${this.alerting.schema}.alert_evaluation SET evaluated_at = $1::timestamptz, resumed_at = CASE
           WHEN abs(extract(epoch FROM $1::timestamptz - evaluated_at)) <= $2 THEN least(resumed_at, $1::timestamptz)
           ELSE $1::timestamptz END
         RETURNING resumed_at)
       SELECT resumed_at AS "resumedAt" FROM noted`,
      [now, longestPauseSeconds],
    );
    return { now, resumedAt: rows[0]?.resumedAt ?? now };
  }
}
