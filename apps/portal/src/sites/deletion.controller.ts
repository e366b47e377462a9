import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { deletionSize, siteDeletionQuery, type DeletionSize } from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { DeletionService } from './deletion.service.js';

const uid = parse(z.uuid());

@Controller('api')
export class DeletionController {
  constructor(private readonly deletion: DeletionService) {}

  @Describe({ summary: 'What deleting a site would take along', answer: deletionSize })
  @Get('sites/:id/deletion')
  siteSize(@Param('id', uid) id: string): Promise<DeletionSize> {
    return this.deletion.size('site', id);
  }

  @Describe({ summary: 'What deleting a device would take along', answer: deletionSize })
  @Get('devices/:id/deletion')
  deviceSize(@Param('id', uid) id: string): Promise<DeletionSize> {
    return this.deletion.size('device', id);
  }

  @Describe({ summary: 'What deleting a channel would take along', answer: deletionSize })
  @Get('channels/:id/deletion')
  channelSize(@Param('id', uid) id: string): Promise<DeletionSize> {
    return this.deletion.size('channel', id);
  }

  @Describe({ summary: 'Delete a site with its data; `confirm` is its slug' })
  @Roles('admin', 'editor')
  @Delete('sites/:id')
  @HttpCode(204)
  removeSite(
    @Param('id', uid) id: string,
    @Query(parse(siteDeletionQuery)) { confirm = '' }: z.infer<typeof siteDeletionQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.deletion.remove('site', id, actor, confirm);
  }

  @Describe({ summary: 'Delete a device with its data' })
  @Roles('admin', 'editor')
  @Delete('devices/:id')
  @HttpCode(204)
  removeDevice(@Param('id', uid) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.deletion.remove('device', id, actor);
  }

  @Describe({ summary: 'Delete a channel with its data' })
  @Roles('admin', 'editor')
  @Delete('channels/:id')
  @HttpCode(204)
  removeChannel(@Param('id', uid) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.deletion.remove('channel', id, actor);
  }
}
