import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  alertKind,
  alertsQuery,
  editAlertRuleBody,
  type Alert,
  type AlertKind,
  type AlertPage,
  type AlertRule,
  type AlertsQuery,
  type EditAlertRuleBody,
} from '#libs/contracts';
import { CurrentActor, parse, type Actor } from '#libs/nest-kit';
import { AlertsService } from './alerts.service.js';

@Controller('api/alerts')
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Get()
  list(@Query(parse(alertsQuery)) query: AlertsQuery): Promise<AlertPage> {
    return this.alerts.list(query);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  acknowledge(@Param('id', parse(z.uuid())) id: string, @CurrentActor() actor: Actor): Promise<Alert> {
    return this.alerts.acknowledge(id, actor);
  }

  @Get('rules')
  async rules(): Promise<{ rules: AlertRule[] }> {
    return { rules: await this.alerts.rules() };
  }

  @Put('rules/:kind')
  editRule(
    @Param('kind', parse(alertKind)) kind: AlertKind,
    @Body(parse(editAlertRuleBody)) body: EditAlertRuleBody,
    @CurrentActor() actor: Actor,
  ): Promise<AlertRule> {
    return this.alerts.editRule(kind, body, actor);
  }
}
