import { Module } from '@nestjs/common';
import { FleetPushController } from './fleet-push.controller.js';
import { FleetPushService } from './fleet-push.service.js';
import { PushMetrics } from './push-metrics.js';
import { PusherService } from './pusher.service.js';

@Module({
  controllers: [FleetPushController],
  providers: [FleetPushService, PusherService, PushMetrics],
  exports: [PusherService],
})
export class FleetPushModule {}
