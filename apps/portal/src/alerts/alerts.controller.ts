import { Controller, Get, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  portalAlertPage,
  portalAlertsQuery,
  type PortalAlertPage,
  type PortalAlertsQuery,
} from '#libs/contracts';
import { Describe, parse } from '#libs/nest-kit';
import { selectAlerts } from './alerts.queries.js';

@Controller('api/alerts')
export class AlertsController {
  constructor(private readonly dataSource: DataSource) {}

  @Describe({ summary: 'List alerts, newest first', answer: portalAlertPage })
  @Get()
  async list(@Query(parse(portalAlertsQuery)) query: PortalAlertsQuery): Promise<PortalAlertPage> {
    const found = await selectAlerts(this.dataSource, query);
    const alerts = found.slice(0, query.limit);
    const nextBefore = found.length > alerts.length ? (alerts.at(-1)?.raisedAt ?? null) : null;
    return { alerts, nextBefore };
  }
}
