import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { siteTariff, siteTariffBody, type SiteTariff, type SiteTariffBody } from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { SiteTariffService } from './site-tariff.service.js';

const uid = parse(z.uuid());

@Controller('api/sites/:id/tariff')
export class SiteTariffController {
  constructor(private readonly siteTariff: SiteTariffService) {}

  @Describe({ summary: 'Tariff that a site is billed by', section: 'tariffs', answer: siteTariff })
  @Get()
  find(@Param('id', uid) id: string): Promise<SiteTariff> {
    return this.siteTariff.find(id);
  }

  @Describe({ summary: 'Set the tariff that a site is billed by', section: 'tariffs', answer: siteTariff })
  @Roles('admin', 'editor')
  @Put()
  save(
    @Param('id', uid) id: string,
    @Body(parse(siteTariffBody)) body: SiteTariffBody,
    @CurrentActor() actor: Actor,
  ): Promise<SiteTariff> {
    return this.siteTariff.save(id, body, actor);
  }
}
