import type { Provider, Type } from '@nestjs/common';
import { AlertMetrics } from './alert-metrics.js';
import { AlertSchedule } from './alert-schedule.js';
import type { AlertAudit, AlertEvaluation, Alerting } from './alerting.js';
import { DestinationStore } from './destination-store.js';
import { DestinationsService } from './destinations.service.js';
import { EmailSender } from './email-sender.js';
import { EvaluationLog } from './evaluation-log.js';
import { NoticeDelivery } from './notice-delivery.js';
import { NoticeStore } from './notice-store.js';
import { ALERT_AUDIT, ALERT_EVALUATION, ALERTING } from './tokens.js';
import { WebhookSender } from './webhook-sender.js';

interface AlertingParts<Subject extends object> {
  alerting: Alerting<Subject>;
  evaluation: Type<AlertEvaluation>;
  audit: Type<AlertAudit>;
}

/** Providers of the alerts of an app: the schedule, the delivery and the destinations. */
export function alertingProviders<Subject extends object>({
  alerting,
  evaluation,
  audit,
}: AlertingParts<Subject>): Provider[] {
  return [
    { provide: ALERTING, useValue: alerting },
    { provide: ALERT_EVALUATION, useExisting: evaluation },
    { provide: ALERT_AUDIT, useExisting: audit },
    AlertMetrics,
    AlertSchedule,
    DestinationStore,
    DestinationsService,
    EmailSender,
    EvaluationLog,
    NoticeDelivery,
    NoticeStore,
    WebhookSender,
  ];
}
