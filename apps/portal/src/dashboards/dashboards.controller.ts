import { Controller, Get } from '@nestjs/common';
import { dashboardList, type DashboardList } from '#libs/contracts';
import { Describe } from '#libs/nest-kit';
import { DashboardsService } from './dashboards.service.js';

@Controller('api/dashboards')
export class DashboardsController {
  constructor(private readonly dashboards: DashboardsService) {}

  @Describe({ summary: 'List the dashboards that Grafana shows', answer: dashboardList })
  @Get()
  list(): Promise<DashboardList> {
    return this.dashboards.list();
  }
}
