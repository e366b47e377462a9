import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  siteEnergy,
  siteEnergyQuery,
  siteSeries,
  siteSeriesQuery,
  type SiteEnergy,
  type SiteEnergyQuery,
  type SiteSeries,
  type SiteSeriesQuery,
} from '#libs/contracts';
import { Describe, parse } from '#libs/nest-kit';
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

  @Describe({
    summary: "Lines of a site's power over time, at most about 2,000 points each",
    answer: siteSeries,
  })
  @Get('series')
  series(
    @Param('id', uid) id: string,
    @Query(parse(siteSeriesQuery)) query: SiteSeriesQuery,
  ): Promise<SiteSeries> {
    return this.seriesOfSite.find(id, query);
  }

  @Describe({ summary: 'Energy by day, load profile, base load and peak of a site', answer: siteEnergy })
  @Get('energy')
  energy(
    @Param('id', uid) id: string,
    @Query(parse(siteEnergyQuery)) query: SiteEnergyQuery,
  ): Promise<SiteEnergy> {
    return this.energyOfSite.find(id, query);
  }
}
