import { Controller, Get } from '@nestjs/common';
import type { FleetPushStatus } from '#libs/contracts';
import { PusherService } from './pusher.service.js';

@Controller('api/fleet-push')
export class FleetPushController {
  constructor(private readonly pusher: PusherService) {}

  @Get('status')
  status(): Promise<FleetPushStatus> {
    return this.pusher.status();
  }
}
