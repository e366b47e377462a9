import { Body, Controller, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { newSite, siteChange, type NewSite, type SiteChange } from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { SiteChangeService } from './site-change.service.js';

const uid = parse(z.uuid());

@Roles('admin', 'editor')
@Controller('api/sites')
export class SiteChangeController {
  constructor(private readonly sites: SiteChangeService) {}

  @Describe({ summary: 'Add a site', answer: z.object({ id: z.uuid() }) })
  @Post()
  create(@Body(parse(newSite)) body: NewSite, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.sites.create(body, actor);
  }

  @Describe({ summary: 'Change a site' })
  @Patch(':id')
  @HttpCode(204)
  edit(
    @Param('id', uid) id: string,
    @Body(parse(siteChange)) change: SiteChange,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.sites.edit(id, change, actor);
  }

  @Describe({ summary: 'Archive a site; its data is kept' })
  @Post(':id/archive')
  @HttpCode(204)
  archive(@Param('id', uid) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.sites.setArchived(id, true, actor);
  }

  @Describe({ summary: 'Take a site out of the archive' })
  @Post(':id/restore')
  @HttpCode(204)
  restore(@Param('id', uid) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.sites.setArchived(id, false, actor);
  }
}
