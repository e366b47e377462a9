import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ensureGrafanaReader } from '#libs/database';
import { DatabaseModule, KitModule } from '#libs/nest-kit';
import { AlertsModule } from './alerts/alerts.module.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { ApiReferenceModule } from './api-reference/api-reference.module.js';
import { ApiTokensModule } from './api-tokens/api-tokens.module.js';
import { AuditModule } from './audit/audit.module.js';
import { BrandingModule } from './branding/branding.module.js';
import { CollectionModule } from './collection/collection.module.js';
import { DashboardsModule } from './dashboards/dashboards.module.js';
import { grafanaSource } from './dashboards/grafana-views.js';
import { FleetPushModule } from './fleet-push/fleet-push.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { MeasurementsModule } from './measurements/measurements.module.js';
import { prepareMeasurements } from './measurements/rollups.js';
import { portalDatabase } from './portal.database.js';
import { PORTAL_SETTINGS, type PortalSettings } from './portal.settings.js';
import { SitesModule } from './sites/sites.module.js';
import { TariffsModule } from './tariffs/tariffs.module.js';

@Global()
@Module({})
export class PortalModule {
  static register(settings: PortalSettings): DynamicModule {
    return {
      module: PortalModule,
      imports: [
        DatabaseModule.register({
          ...portalDatabase,
          address: settings.database,
          prepare: async (dataSource, log) => {
            await prepareMeasurements(dataSource, log);
            await ensureGrafanaReader(dataSource, grafanaSource, settings.grafanaReaderPassword);
          },
        }),
        // Whatever changes something is for admins, unless the route names other roles.
        KitModule.register(settings.server, { changes: ['admin'] }),
        AuditModule,
        AccountsModule,
        BrandingModule,
        DashboardsModule,
        SitesModule,
        MeasurementsModule,
        ApiTokensModule,
        ApiReferenceModule,
        ImportsModule,
        CollectionModule,
        FleetPushModule,
        TariffsModule,
        AlertsModule.register(settings.alerts),
      ],
      providers: [{ provide: PORTAL_SETTINGS, useValue: settings }],
      exports: [PORTAL_SETTINGS],
    };
  }
}
