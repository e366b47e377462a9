import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule, KitModule } from '#libs/nest-kit';
import type { AdminSettings } from './admin.config.js';
import { adminDatabase } from './admin.database.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { FleetModule } from './fleet/fleet.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { prepareFleet } from './ingest/rollups.js';

@Module({})
export class AdminModule {
  static register(settings: AdminSettings): DynamicModule {
    return {
      module: AdminModule,
      imports: [
        DatabaseModule.register({
          ...adminDatabase,
          address: settings.database,
          prepare: (dataSource, log) => prepareFleet(dataSource, settings.ingest.retention, log),
        }),
        KitModule.register(settings.server),
        CustomersModule,
        IngestModule.register(settings.ingest),
        FleetModule,
        AlertsModule.register(settings.alerts),
      ],
    };
  }
}
