import { Module } from '@nestjs/common';
import { FleetPushController } from './fleet-push.controller.js';
import { PusherService } from './pusher.service.js';

@Module({ controllers: [FleetPushController], providers: [PusherService], exports: [PusherService] })
export class FleetPushModule {}
