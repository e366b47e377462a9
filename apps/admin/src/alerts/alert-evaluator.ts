import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { EvaluationLog, NoticeStore, type AlertEvaluation, type EvaluationTime } from '#libs/nest-kit';
import { summarise } from './alert-summary.js';
import { insertAlerts, selectRules, type NewAlert } from './alerts.queries.js';
import { forgetConditions, observe, resolveGone } from './conditions.queries.js';

/** Raises and resolves alerts. What it remembers is in the database, so a restart neither repeats nor forgets. */
@Injectable()
export class AlertEvaluator implements AlertEvaluation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: EvaluationLog,
    private readonly notices: NoticeStore,
  ) {}

  /**
   * One pass over all rules. Alerts and their notices commit together.
   * @param longestPauseSeconds after a longer pause holding begins anew: what nobody watched has not held. So a fleet
   *   that could not reach a stopped Admin has one hold time to come back.
   * @returns ids of what was raised and resolved; undefined when another process evaluates
   */
  evaluate(
    now: Date,
    longestPauseSeconds = 120,
  ): Promise<{ raised: string[]; resolved: string[] } | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const time = await this.log.begin(manager, now, longestPauseSeconds);
      if (time === undefined) return undefined;
      const raised = await this.raise(manager, time);
      const resolved = await resolveGone(manager, time);
      await this.notices.insertResolvedNotices(manager, resolved, now);
      await forgetConditions(manager);
      return { raised, resolved };
    });
  }

  private async raise(manager: EntityManager, time: EvaluationTime): Promise<string[]> {
    const found: NewAlert[] = [];
    for (const rule of await selectRules(manager)) {
      if (!rule.enabled) continue;
      const due = await observe(manager, rule, time);
      found.push(...due.map((alert) => ({ ...alert, kind: rule.kind, summary: summarise(rule, alert) })));
    }
    if (found.length === 0) return [];
    const ids = await insertAlerts(manager, found, time.now);
    await this.notices.insertRaisedNotices(manager, ids, time.now);
    return ids;
  }
}
