import { Controller, Get } from '@nestjs/common';
import type { FleetOverview, FleetTotals } from '#libs/contracts';
import { FleetService } from './fleet.service.js';

@Controller('api/fleet')
export class FleetController {
  constructor(private readonly fleet: FleetService) {}

  @Get('totals')
  totals(): Promise<FleetTotals> {
    return this.fleet.totals();
  }

  @Get('overview')
  overview(): Promise<FleetOverview> {
    return this.fleet.overview();
  }
}
