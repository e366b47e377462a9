import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Alert, AlertKind, AlertPage, AlertRule, AlertsQuery, EditAlertRuleBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import {
  acknowledge,
  countOpen,
  selectAlert,
  selectAlerts,
  selectRules,
  updateRule,
} from './alerts.queries.js';

/** What operators see of alerts and set in rules. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  async list(query: AlertsQuery): Promise<AlertPage> {
    const found = await selectAlerts(this.dataSource, query);
    const alerts = found.slice(0, query.limit);
    const open = await countOpen(this.dataSource);
    return {
      alerts,
      nextBefore: found.length > alerts.length ? (alerts.at(-1)?.raisedAt ?? null) : null,
      openCount: Object.values(open).reduce((sum, count) => sum + count, 0),
    };
  }

  /**
   * Notes who has seen it; the first one stays.
   * @throws CodedError NOT_FOUND
   */
  acknowledge(id: string, actor: Actor): Promise<Alert> {
    return this.dataSource.transaction(async (manager) => {
      const changed = await acknowledge(manager, id, actor.account);
      const alert = await selectAlert(manager, id);
      if (alert === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such alert' });
      if (changed) {
        const { kind, summary, customer } = alert;
        await this.audit.record(manager, {
          ...actor,
          action: 'alert.acknowledged',
          customer: customer.code,
          summary: `Acknowledged ${kind}: ${summary}`,
        });
      }
      return alert;
    });
  }

  rules(): Promise<AlertRule[]> {
    return selectRules(this.dataSource);
  }

  /** @throws CodedError BODY_INVALID when the threshold does not fit the kind */
  async editRule(kind: AlertKind, body: EditAlertRuleBody, actor: Actor): Promise<AlertRule> {
    const problem = thresholdProblem(kind, body.threshold);
    if (problem !== undefined)
      throw new CodedError('BODY_INVALID', { problems: [{ path: 'threshold', message: problem }] });
    await this.dataSource.transaction(async (manager) => {
      await updateRule(manager, kind, body);
      await this.audit.record(manager, {
        ...actor,
        action: 'alert-rule.edited',
        summary: describeRule({ kind, ...body }),
      });
    });
    return { kind, ...body };
  }
}

function thresholdProblem(kind: AlertKind, threshold: number | null): string | undefined {
  if (kind === 'auth-failure') return threshold === null ? undefined : 'auth-failure has none';
  if (threshold === null) return 'is required';
  return kind === 'rejection' && threshold > 100 ? 'must be at most 100 percent' : undefined;
}

function describeRule({ kind, enabled, threshold, holdMinutes }: AlertRule): string {
  if (!enabled) return `Turned alerts of ${kind} off`;
  const unit = kind === 'rejection' ? '%' : 'min';
  const limit = threshold === null ? '' : ` above ${threshold} ${unit}`;
  return `Set alerts of ${kind}:${limit} for ${holdMinutes} min`;
}
