import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  fleetPushStatus,
  quarantinedEntry,
  type FleetPushStatus,
  type QuarantinedEntry,
} from '#libs/contracts';
import { Describe, parse } from '#libs/nest-kit';
import { FleetPushService } from './fleet-push.service.js';

@Controller('api/fleet-push')
export class FleetPushController {
  constructor(private readonly fleetPush: FleetPushService) {}

  @Describe({ summary: 'What the portal owes to Admin', answer: fleetPushStatus })
  @Get('status')
  status(): Promise<FleetPushStatus> {
    return this.fleetPush.status();
  }

  @Describe({ summary: 'Push now, whatever the push waits for' })
  @Post('retry')
  @HttpCode(202)
  retry(): Promise<void> {
    return this.fleetPush.retry();
  }

  @Describe({ summary: 'Compare all measurements with Admin and send what differs' })
  @Post('reconcile')
  @HttpCode(202)
  reconcile(): Promise<void> {
    return this.fleetPush.reconcile();
  }

  @Describe({
    summary: 'List what Admin has refused',
    answer: z.object({ entries: z.array(quarantinedEntry) }),
  })
  @Get('quarantine')
  async quarantine(): Promise<{ entries: QuarantinedEntry[] }> {
    return { entries: await this.fleetPush.quarantine() };
  }

  @Describe({ summary: 'Send an entry of the quarantine again, made of the present rows' })
  @Post('quarantine/:id/release')
  @HttpCode(202)
  release(@Param('id', parse(z.uuid())) id: string): Promise<void> {
    return this.fleetPush.release(id);
  }

  @Describe({ summary: 'Discard an entry of the quarantine' })
  @Delete('quarantine/:id')
  @HttpCode(204)
  discard(@Param('id', parse(z.uuid())) id: string): Promise<void> {
    return this.fleetPush.discard(id);
  }
}
