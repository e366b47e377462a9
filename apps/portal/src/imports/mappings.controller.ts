import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { saveMappingBody, type ImportMapping, type SaveMappingBody } from '#libs/contracts';
import { type Actor, CurrentActor, parse, Roles } from '#libs/nest-kit';
import { MappingsService } from './mappings.service.js';

@Controller('api/imports/mappings')
export class MappingsController {
  constructor(private readonly mappings: MappingsService) {}

  @Get()
  async list(): Promise<{ mappings: ImportMapping[] }> {
    return { mappings: await this.mappings.list() };
  }

  @Roles('admin', 'editor')
  @Put()
  save(
    @Body(parse(saveMappingBody)) body: SaveMappingBody,
    @CurrentActor() actor: Actor,
  ): Promise<ImportMapping> {
    return this.mappings.save(body, actor);
  }

  @Roles('admin', 'editor')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', parse(z.uuid())) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.mappings.remove(id, actor);
  }
}
