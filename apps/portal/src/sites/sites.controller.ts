import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  catalogueSearch,
  sitesQuery,
  type CatalogueMatch,
  type SiteDetail,
  type SitesQuery,
  type SiteSummary,
} from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { SitesService } from './sites.service.js';

@Controller('api/sites')
export class SitesController {
  constructor(private readonly sites: SitesService) {}

  @Get()
  async list(@Query(parse(sitesQuery)) query: SitesQuery): Promise<{ sites: SiteSummary[] }> {
    return { sites: await this.sites.list(query) };
  }

  @Get('search')
  async search(
    @Query(parse(catalogueSearch)) { q }: z.infer<typeof catalogueSearch>,
  ): Promise<{ matches: CatalogueMatch[] }> {
    return { matches: await this.sites.search(q) };
  }

  @Get(':id')
  find(@Param('id', parse(z.uuid())) id: string): Promise<SiteDetail> {
    return this.sites.find(id);
  }
}
