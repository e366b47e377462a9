import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { FleetPushStatus, QuarantinedEntry } from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { FleetPushService } from './fleet-push.service.js';

@Controller('api/fleet-push')
export class FleetPushController {
  constructor(private readonly fleetPush: FleetPushService) {}

  @Get('status')
  status(): Promise<FleetPushStatus> {
    return this.fleetPush.status();
  }

  @Post('retry')
  @HttpCode(202)
  retry(): Promise<void> {
    return this.fleetPush.retry();
  }

  @Post('reconcile')
  @HttpCode(202)
  reconcile(): Promise<void> {
    return this.fleetPush.reconcile();
  }

  @Get('quarantine')
  async quarantine(): Promise<{ entries: QuarantinedEntry[] }> {
    return { entries: await this.fleetPush.quarantine() };
  }

  @Post('quarantine/:id/release')
  @HttpCode(202)
  release(@Param('id', parse(z.uuid())) id: string): Promise<void> {
    return this.fleetPush.release(id);
  }

  @Delete('quarantine/:id')
  @HttpCode(204)
  discard(@Param('id', parse(z.uuid())) id: string): Promise<void> {
    return this.fleetPush.discard(id);
  }
}
