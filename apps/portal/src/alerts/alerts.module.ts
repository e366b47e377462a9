import { Module, type DynamicModule } from '@nestjs/common';
import { alertingProviders, type AlertSettings } from '#libs/nest-kit';
import { AuditModule } from '../audit/audit.module.js';
import { AuditService } from '../audit/audit.service.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { AlertEvaluator } from './alert-evaluator.js';
import { AlertsController } from './alerts.controller.js';
import { deliveryAlerting } from './delivery-alerting.js';
import { DestinationsController } from './destinations.controller.js';

/** Tells people what they would have to look for: overdue devices, and sources that fail. */
@Module({})
export class AlertsModule {
  static register(settings: AlertSettings): DynamicModule {
    return {
      module: AlertsModule,
      imports: [AuditModule, DeliveriesModule, ImportsModule],
      controllers: [DestinationsController, AlertsController],
      providers: [
        ...alertingProviders({
          alerting: deliveryAlerting(settings),
          evaluation: AlertEvaluator,
          audit: AuditService,
        }),
        AlertEvaluator,
      ],
    };
  }
}
