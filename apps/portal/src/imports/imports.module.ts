import { Module } from '@nestjs/common';
import { FleetPushModule } from '../fleet-push/fleet-push.module.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';

@Module({ imports: [FleetPushModule], controllers: [ImportsController], providers: [ImportsService] })
export class ImportsModule {}
