import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { EvaluationLog, NoticeStore, type AlertEvaluation, type EvaluationTime } from '#libs/nest-kit';
import { DeliveriesService, type DeliveryState } from '../deliveries/deliveries.service.js';
import { SourceHealth, type SourceFailure } from '../imports/source-health.js';
import { summariseSilence } from './alert-summary.js';
import { insertAlerts, resolveDelivered, resolveWorking, type NewAlert } from './alerts.queries.js';

/** After a pause: what came meanwhile is imported first, before anybody is called overdue. */
const settlingMs = 15 * 60_000;

/** A server that is away for shorter than this is no news. */
const blipMs = 5 * 60_000;

/** Raises and resolves alerts. What it remembers is in the database, so a restart neither repeats nor forgets. */
@Injectable()
export class AlertEvaluator implements AlertEvaluation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: EvaluationLog,
    private readonly notices: NoticeStore,
    private readonly deliveries: DeliveriesService,
    private readonly sources: SourceHealth,
  ) {}

  evaluate(
    now: Date,
    longestPauseSeconds = 120,
  ): Promise<{ raised: string[]; resolved: string[] } | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const time = await this.log.begin(manager, now, longestPauseSeconds);
      if (time === undefined) return undefined;
      const states = await this.deliveries.list(now, { manager });
      const overdue = states.filter(({ overdueSince }) => overdueSince !== null);
      const raised = await this.raise(manager, overdue, time);
      const ids = overdue.map(({ id }) => id);
      const gone = [...(await resolveDelivered(manager, ids, now)), ...(await resolveWorking(manager, now))];
      const resolved = gone.map(({ id }) => id);
      await this.notices.insertResolvedNotices(manager, resolved, now);
      return { raised, resolved };
    });
  }

  private async raise(
    manager: EntityManager,
    overdue: readonly DeliveryState[],
    { now, resumedAt }: EvaluationTime,
  ): Promise<string[]> {
    const settled = now.getTime() - resumedAt.getTime() >= settlingMs;
    const failures = await this.sources.failing(manager, new Date(now.getTime() - blipMs));
    const found = [
      ...failures.map(describeFailure),
      ...(settled ? overdue.map((state) => describeSilence(state, now)) : []),
    ];
    const ids = await insertAlerts(manager, found, now);
    if (ids.length > 0) await this.notices.insertRaisedNotices(manager, ids, now);
    return ids;
  }
}

function describeSilence(state: DeliveryState, now: Date): NewAlert {
  const { id, siteUid, siteSlug, siteName, serial, name } = state;
  return {
    kind: 'overdue',
    deviceId: id,
    source: null,
    subject: {
      site: { id: siteUid, slug: siteSlug, name: siteName },
      device: { serial, name },
      source: null,
    },
    summary: summariseSilence(state, now),
  };
}

function describeFailure({ source, message }: SourceFailure): NewAlert {
  return {
    kind: 'source-failed',
    deviceId: null,
    source,
    subject: { site: null, device: null, source },
    summary: `Files cannot be collected: ${message}`,
  };
}
