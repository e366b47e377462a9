import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { tariffDetail, tariffVersionBody, type TariffDetail, type TariffVersionBody } from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { VersionsService } from './versions.service.js';

const uid = parse(z.uuid());

@Roles('admin', 'editor')
@Controller('api/tariffs/:tariffId/versions')
export class VersionsController {
  constructor(private readonly versions: VersionsService) {}

  @Describe({ summary: 'Add a version of a tariff', answer: tariffDetail })
  @Post()
  add(
    @Param('tariffId', uid) tariffId: string,
    @Body(parse(tariffVersionBody)) body: TariffVersionBody,
    @CurrentActor() actor: Actor,
  ): Promise<TariffDetail> {
    return this.versions.add(tariffId, body, actor);
  }

  @Describe({ summary: 'Change a version of a tariff', answer: tariffDetail })
  @Put(':id')
  edit(
    @Param('tariffId', uid) tariffId: string,
    @Param('id', uid) id: string,
    @Body(parse(tariffVersionBody)) body: TariffVersionBody,
    @CurrentActor() actor: Actor,
  ): Promise<TariffDetail> {
    return this.versions.edit(tariffId, id, body, actor);
  }

  @Describe({ summary: 'Delete a version of a tariff' })
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
