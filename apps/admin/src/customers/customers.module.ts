import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ActivityController } from './activity.controller.js';
import { ActivityService } from './activity.service.js';
import { CustomersController } from './customers.controller.js';
import { CustomersService } from './customers.service.js';
import { DeletionService } from './deletion.service.js';
import { HEALTH_THRESHOLDS, type HealthThresholds } from './push-health.js';
import { TokensController } from './tokens.controller.js';
import { TokensService } from './tokens.service.js';

@Module({})
export class CustomersModule {
  /** Global, as fleet, alerts and metrics ask for the health of customers by the same thresholds. */
  static register(thresholds: HealthThresholds): DynamicModule {
    return {
      module: CustomersModule,
      global: true,
      imports: [AuditModule],
      controllers: [CustomersController, TokensController, ActivityController],
      providers: [
        { provide: HEALTH_THRESHOLDS, useValue: thresholds },
        CustomersService,
        TokensService,
        ActivityService,
        DeletionService,
      ],
      exports: [HEALTH_THRESHOLDS, CustomersService],
    };
  }
}
