import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  municipality,
  municipalityBody,
  tariffBody,
  tariffDetail,
  type Municipality,
  type MunicipalityBody,
  type TariffBody,
  type TariffDetail,
} from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { MunicipalitiesService } from './municipalities.service.js';
import { TariffsService } from './tariffs.service.js';

const uid = parse(z.uuid());

@Controller('api/municipalities')
export class MunicipalitiesController {
  constructor(
    private readonly municipalities: MunicipalitiesService,
    private readonly tariffs: TariffsService,
  ) {}

  @Describe({
    summary: 'List municipalities and suppliers with their tariffs',
    answer: z.object({ municipalities: z.array(municipality) }),
  })
  @Get()
  async list(): Promise<{ municipalities: Municipality[] }> {
    return { municipalities: await this.municipalities.list() };
  }

  @Describe({ summary: 'Add a municipality or supplier', answer: municipality })
  @Roles('admin', 'editor')
  @Post()
  add(
    @Body(parse(municipalityBody)) body: MunicipalityBody,
    @CurrentActor() actor: Actor,
  ): Promise<Municipality> {
    return this.municipalities.add(body, actor);
  }

  @Describe({ summary: 'Rename a municipality or supplier', answer: municipality })
  @Roles('admin', 'editor')
  @Patch(':id')
  rename(
    @Param('id', uid) id: string,
    @Body(parse(municipalityBody)) body: MunicipalityBody,
    @CurrentActor() actor: Actor,
  ): Promise<Municipality> {
    return this.municipalities.rename(id, body, actor);
  }

  @Describe({ summary: 'Delete a municipality or supplier without tariffs' })
  @Roles('admin', 'editor')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', uid) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.municipalities.remove(id, actor);
  }

  @Describe({ summary: 'Add a tariff', answer: tariffDetail })
  @Roles('admin', 'editor')
  @Post(':id/tariffs')
  addTariff(
    @Param('id', uid) id: string,
    @Body(parse(tariffBody)) body: TariffBody,
    @CurrentActor() actor: Actor,
  ): Promise<TariffDetail> {
    return this.tariffs.add(id, body, actor);
  }
}
