import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { importMapping, saveMappingBody, type ImportMapping, type SaveMappingBody } from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { MappingsService } from './mappings.service.js';

@Controller('api/imports/mappings')
export class MappingsController {
  constructor(private readonly mappings: MappingsService) {}

  @Describe({ summary: 'List saved column mappings', answer: z.object({ mappings: z.array(importMapping) }) })
  @Get()
  async list(): Promise<{ mappings: ImportMapping[] }> {
    return { mappings: await this.mappings.list() };
  }

  @Describe({ summary: 'Save a column mapping under a name, over one of that name', answer: importMapping })
  @Roles('admin', 'editor')
  @Put()
  save(
    @Body(parse(saveMappingBody)) body: SaveMappingBody,
    @CurrentActor() actor: Actor,
  ): Promise<ImportMapping> {
    return this.mappings.save(body, actor);
  }

  @Describe({ summary: 'Delete a column mapping' })
  @Roles('admin', 'editor')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', parse(z.uuid())) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.mappings.remove(id, actor);
  }
}
