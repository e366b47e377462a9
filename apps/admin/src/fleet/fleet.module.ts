import { Module } from '@nestjs/common';
import { EnergyService } from './energy.service.js';
import { FleetController } from './fleet.controller.js';
import { FleetMetrics } from './fleet-metrics.js';
import { FleetService } from './fleet.service.js';

@Module({ controllers: [FleetController], providers: [FleetService, EnergyService, FleetMetrics] })
export class FleetModule {}
