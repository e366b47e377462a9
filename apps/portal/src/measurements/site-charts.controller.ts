import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  siteEnergyQuery,
  siteSeriesQuery,
  type SiteEnergy,
  type SiteEnergyQuery,
  type SiteSeries,
  type SiteSeriesQuery,
} from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { SiteEnergyService } from './site-energy.service.js';
import { SiteSeriesService } from './site-series.service.js';

const uid = parse(z.uuid());

/** What the charts of a site show, cut in its time zone. */
@Controller('api/sites/:id')
export class SiteChartsController {
  constructor(
    private readonly seriesOfSite: SiteSeriesService,
    private readonly energyOfSite: SiteEnergyService,
  ) {}

  @Get('series')
  series(
    @Param('id', uid) id: string,
    @Query(parse(siteSeriesQuery)) query: SiteSeriesQuery,
  ): Promise<SiteSeries> {
    return this.seriesOfSite.find(id, query);
  }

  @Get('energy')
  energy(
    @Param('id', uid) id: string,
    @Query(parse(siteEnergyQuery)) query: SiteEnergyQuery,
  ): Promise<SiteEnergy> {
    return this.energyOfSite.find(id, query);
  }
}
