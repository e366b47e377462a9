import { Module, type DynamicModule } from '@nestjs/common';
import { alertingProviders, type AlertSettings } from '#libs/nest-kit';
import { AuditModule } from '../audit/audit.module.js';
import { AuditService } from '../audit/audit.service.js';
import { AlertEvaluator } from './alert-evaluator.js';
import { customerAlerting } from './customer-alerting.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { DestinationsController } from './destinations.controller.js';

@Module({})
export class AlertsModule {
  static register(settings: AlertSettings): DynamicModule {
    return {
      module: AlertsModule,
      imports: [AuditModule],
      controllers: [DestinationsController, AlertsController],
      providers: [
        ...alertingProviders({
          alerting: customerAlerting(settings),
          evaluation: AlertEvaluator,
          audit: AuditService,
        }),
        AlertEvaluator,
        AlertsService,
      ],
    };
  }
}
