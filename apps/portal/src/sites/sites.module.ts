import { Module } from '@nestjs/common';
import { FleetPushModule } from '../fleet-push/fleet-push.module.js';
import { CatalogueChangeController } from './catalogue-change.controller.js';
import { CatalogueChangeService } from './catalogue-change.service.js';
import { SitesController } from './sites.controller.js';
import { SitesService } from './sites.service.js';

@Module({
  imports: [FleetPushModule],
  controllers: [SitesController, CatalogueChangeController],
  providers: [SitesService, CatalogueChangeService],
})
export class SitesModule {}
