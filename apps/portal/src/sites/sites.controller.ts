import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  catalogueMatch,
  catalogueSearch,
  siteDetail,
  siteSummary,
  sitesQuery,
  type CatalogueMatch,
  type SiteDetail,
  type SitesQuery,
  type SiteSummary,
} from '#libs/contracts';
import { Describe, parse } from '#libs/nest-kit';
import { SitesService } from './sites.service.js';

@Controller('api/sites')
export class SitesController {
  constructor(private readonly sites: SitesService) {}

  @Describe({ summary: 'List the sites', answer: z.object({ sites: z.array(siteSummary) }) })
  @Get()
  async list(@Query(parse(sitesQuery)) query: SitesQuery): Promise<{ sites: SiteSummary[] }> {
    return { sites: await this.sites.list(query) };
  }

  @Describe({
    summary: 'Find sites, devices and channels by name, serial or external id',
    answer: z.object({ matches: z.array(catalogueMatch) }),
  })
  @Get('search')
  async search(
    @Query(parse(catalogueSearch)) { q }: z.infer<typeof catalogueSearch>,
  ): Promise<{ matches: CatalogueMatch[] }> {
    return { matches: await this.sites.search(q) };
  }

  @Describe({ summary: 'A site with its devices, channels and last values', answer: siteDetail })
  @Get(':id')
  find(@Param('id', parse(z.uuid())) id: string): Promise<SiteDetail> {
    return this.sites.find(id);
  }
}
