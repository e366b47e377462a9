import { Module } from '@nestjs/common';
import { DashboardFolder } from './dashboard-folder.js';
import { DashboardsController } from './dashboards.controller.js';
import { DashboardsService } from './dashboards.service.js';
import { SiteDashboards } from './site-dashboards.service.js';

@Module({
  controllers: [DashboardsController],
  providers: [DashboardsService, SiteDashboards, DashboardFolder],
  exports: [SiteDashboards],
})
export class DashboardsModule {}
