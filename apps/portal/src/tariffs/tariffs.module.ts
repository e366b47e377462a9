import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { MeasurementsModule } from '../measurements/measurements.module.js';
import { BillsController } from './bills.controller.js';
import { BillsService } from './bills.service.js';
import { MunicipalitiesController } from './municipalities.controller.js';
import { MunicipalitiesService } from './municipalities.service.js';
import { SiteCostController } from './site-cost.controller.js';
import { SiteCostService } from './site-cost.service.js';
import { SiteLoadService } from './site-load.service.js';
import { SiteTariffController } from './site-tariff.controller.js';
import { SiteTariffService } from './site-tariff.service.js';
import { TariffsController } from './tariffs.controller.js';
import { TariffsService } from './tariffs.service.js';
import { VersionsController } from './versions.controller.js';
import { VersionsService } from './versions.service.js';

@Module({
  imports: [AuditModule, MeasurementsModule],
  controllers: [
    MunicipalitiesController,
    TariffsController,
    VersionsController,
    SiteTariffController,
    BillsController,
    SiteCostController,
  ],
  providers: [
    MunicipalitiesService,
    TariffsService,
    VersionsService,
    SiteTariffService,
    SiteLoadService,
    BillsService,
    SiteCostService,
  ],
})
export class TariffsModule {}
