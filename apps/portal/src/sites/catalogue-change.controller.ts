import { Body, Controller, Delete, HttpCode, Param, Patch } from '@nestjs/common';
import { z } from 'zod';
import { channelChange, siteChange, type ChannelChange, type SiteChange } from '#libs/contracts';
import { parse, Roles } from '#libs/nest-kit';
import { CatalogueChangeService } from './catalogue-change.service.js';

const uid = parse(z.uuid());

@Roles('admin', 'editor')
@Controller('api')
export class CatalogueChangeController {
  constructor(private readonly changes: CatalogueChangeService) {}

  @Patch('sites/:id')
  @HttpCode(204)
  changeSite(@Param('id', uid) id: string, @Body(parse(siteChange)) change: SiteChange): Promise<void> {
    return this.changes.changeSite(id, change);
  }

  @Delete('sites/:id')
  @HttpCode(204)
  removeSite(@Param('id', uid) id: string): Promise<void> {
    return this.changes.remove('site', id);
  }

  @Delete('devices/:id')
  @HttpCode(204)
  removeDevice(@Param('id', uid) id: string): Promise<void> {
    return this.changes.remove('device', id);
  }

  @Patch('channels/:id')
  @HttpCode(204)
  changeChannel(
    @Param('id', uid) id: string,
    @Body(parse(channelChange)) change: ChannelChange,
  ): Promise<void> {
    return this.changes.changeChannel(id, change);
  }

  @Delete('channels/:id')
  @HttpCode(204)
  removeChannel(@Param('id', uid) id: string): Promise<void> {
    return this.changes.remove('channel', id);
  }
}
