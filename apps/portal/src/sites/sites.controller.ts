import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import type { SiteDetail, SiteSummary } from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { SitesService } from './sites.service.js';

@Controller('api/sites')
export class SitesController {
  constructor(private readonly sites: SitesService) {}

  @Get()
  async list(): Promise<{ sites: SiteSummary[] }> {
    return { sites: await this.sites.list() };
  }

  @Get(':id')
  find(@Param('id', parse(z.uuid())) id: string): Promise<SiteDetail> {
    return this.sites.find(id);
  }
}
