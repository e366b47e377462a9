import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DashboardsModule } from '../dashboards/dashboards.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { FleetPushModule } from '../fleet-push/fleet-push.module.js';
import { CatalogueTransaction } from './catalogue-transaction.js';
import { ChannelChangeController } from './channel-change.controller.js';
import { ChannelChangeService } from './channel-change.service.js';
import { DeletionController } from './deletion.controller.js';
import { DeletionService } from './deletion.service.js';
import { DeviceChangeController } from './device-change.controller.js';
import { DeviceChangeService } from './device-change.service.js';
import { ImportPolicyController } from './import-policy.controller.js';
import { ImportPolicyService } from './import-policy.service.js';
import { SiteChangeController } from './site-change.controller.js';
import { SiteChangeService } from './site-change.service.js';
import { SitesController } from './sites.controller.js';
import { SitesService } from './sites.service.js';

@Module({
  imports: [AuditModule, DashboardsModule, DeliveriesModule, FleetPushModule],
  controllers: [
    SitesController,
    SiteChangeController,
    DeviceChangeController,
    ChannelChangeController,
    DeletionController,
    ImportPolicyController,
  ],
  providers: [
    SitesService,
    CatalogueTransaction,
    SiteChangeService,
    DeviceChangeService,
    ChannelChangeService,
    DeletionService,
    ImportPolicyService,
  ],
})
export class SitesModule {}
