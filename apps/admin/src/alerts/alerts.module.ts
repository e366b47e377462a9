import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AlertEvaluator } from './alert-evaluator.js';
import { AlertSchedule } from './alert-schedule.js';
import { ALERT_SETTINGS, type AlertSettings } from './alerts.config.js';
import { AlertMetrics } from './alert.metrics.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { DestinationsController } from './destinations.controller.js';
import { DestinationsService } from './destinations.service.js';
import { EmailSender } from './email-sender.js';
import { NoticeDelivery } from './notice-delivery.js';
import { WebhookSender } from './webhook-sender.js';

@Module({})
export class AlertsModule {
  static register(settings: AlertSettings): DynamicModule {
    return {
      module: AlertsModule,
      imports: [AuditModule],
      controllers: [DestinationsController, AlertsController],
      providers: [
        { provide: ALERT_SETTINGS, useValue: settings },
        AlertEvaluator,
        AlertMetrics,
        AlertSchedule,
        AlertsService,
        DestinationsService,
        EmailSender,
        NoticeDelivery,
        WebhookSender,
      ],
    };
  }
}
