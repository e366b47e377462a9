import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
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
import { parse } from '#libs/nest-kit';
import { actorOf } from './actor.js';
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
  acknowledge(@Param('id', parse(z.uuid())) id: string, @Req() request: FastifyRequest): Promise<Alert> {
    return this.alerts.acknowledge(id, actorOf(request));
  }

  @Get('rules')
  async rules(): Promise<{ rules: AlertRule[] }> {
    return { rules: await this.alerts.rules() };
  }

  @Put('rules/:kind')
  editRule(
    @Param('kind', parse(alertKind)) kind: AlertKind,
    @Body(parse(editAlertRuleBody)) body: EditAlertRuleBody,
    @Req() request: FastifyRequest,
  ): Promise<AlertRule> {
    return this.alerts.editRule(kind, body, actorOf(request));
  }
}
