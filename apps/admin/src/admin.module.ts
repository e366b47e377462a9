import { Module, type DynamicModule } from '@nestjs/common';
import { ensureGrafanaReader } from '#libs/database';
import { DatabaseModule, KitModule } from '#libs/nest-kit';
import type { AdminSettings } from './admin.config.js';
import { adminDatabase } from './admin.database.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { prepareFleetPage } from './fleet/fleet-rollup.js';
import { grafanaSource } from './fleet/grafana-views.js';
import { FleetModule } from './fleet/fleet.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { prepareFleet } from './ingest/rollups.js';
import { OperatorsModule } from './operators/operators.module.js';

@Module({})
export class AdminModule {
  static register(settings: AdminSettings): DynamicModule {
    return {
      module: AdminModule,
      imports: [
        DatabaseModule.register({
          ...adminDatabase,
          address: settings.database,
          prepare: async (dataSource, log) => {
            await prepareFleet(dataSource, settings.ingest.retention, log);
            await prepareFleetPage(dataSource);
            await ensureGrafanaReader(dataSource, grafanaSource, settings.grafanaReaderPassword);
          },
        }),
        // An operator reads; whatever changes something is for admins, unless the route says otherwise.
        KitModule.register(settings.server, { changes: ['admin'] }),
        AuditModule,
        OperatorsModule,
        CustomersModule.register(settings.health),
        IngestModule.register(settings.ingest),
        FleetModule,
        AlertsModule.register(settings.alerts),
      ],
    };
  }
}
