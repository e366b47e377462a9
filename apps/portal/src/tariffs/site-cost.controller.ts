import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { siteCost, siteCostQuery, type SiteCost, type SiteCostQuery } from '#libs/contracts';
import { Describe, parse } from '#libs/nest-kit';
import { SiteCostService } from './site-cost.service.js';

@Controller('api/sites/:id/cost')
export class SiteCostController {
  constructor(private readonly costs: SiteCostService) {}

  @Get()
  @Describe({ summary: 'What each day of a site costs', answer: siteCost })
  cost(
    @Param('id', parse(z.uuid())) id: string,
    @Query(parse(siteCostQuery)) query: SiteCostQuery,
  ): Promise<SiteCost> {
    return this.costs.find(id, query);
  }
}
