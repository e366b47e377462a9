import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { tariffVersionBody, type TariffDetail, type TariffVersionBody } from '#libs/contracts';
import { type Actor, CurrentActor, parse, Roles } from '#libs/nest-kit';
import { VersionsService } from './versions.service.js';

const uid = parse(z.uuid());

@Roles('admin', 'editor')
@Controller('api/tariffs/:tariffId/versions')
export class VersionsController {
  constructor(private readonly versions: VersionsService) {}

  @Post()
  add(
    @Param('tariffId', uid) tariffId: string,
    @Body(parse(tariffVersionBody)) body: TariffVersionBody,
    @CurrentActor() actor: Actor,
  ): Promise<TariffDetail> {
    return this.versions.add(tariffId, body, actor);
  }

  @Put(':id')
  edit(
    @Param('tariffId', uid) tariffId: string,
    @Param('id', uid) id: string,
    @Body(parse(tariffVersionBody)) body: TariffVersionBody,
    @CurrentActor() actor: Actor,
  ): Promise<TariffDetail> {
    return this.versions.edit(tariffId, id, body, actor);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @Param('tariffId', uid) tariffId: string,
    @Param('id', uid) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.versions.remove(tariffId, id, actor);
  }
}
