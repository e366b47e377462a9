import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { siteDeletionQuery, type DeletionSize } from '#libs/contracts';
import { CurrentActor, parse, Roles, type Actor } from '#libs/nest-kit';
import { DeletionService } from './deletion.service.js';

const uid = parse(z.uuid());

@Controller('api')
export class DeletionController {
  constructor(private readonly deletion: DeletionService) {}

  @Get('sites/:id/deletion')
  siteSize(@Param('id', uid) id: string): Promise<DeletionSize> {
    return this.deletion.size('site', id);
  }

  @Get('devices/:id/deletion')
  deviceSize(@Param('id', uid) id: string): Promise<DeletionSize> {
    return this.deletion.size('device', id);
  }

  @Get('channels/:id/deletion')
  channelSize(@Param('id', uid) id: string): Promise<DeletionSize> {
    return this.deletion.size('channel', id);
  }

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

  @Roles('admin', 'editor')
  @Delete('devices/:id')
  @HttpCode(204)
  removeDevice(@Param('id', uid) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.deletion.remove('device', id, actor);
  }

  @Roles('admin', 'editor')
  @Delete('channels/:id')
  @HttpCode(204)
  removeChannel(@Param('id', uid) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.deletion.remove('channel', id, actor);
  }
}
