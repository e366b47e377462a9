import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { siteTariffBody, type SiteTariff, type SiteTariffBody } from '#libs/contracts';
import { type Actor, CurrentActor, parse, Roles } from '#libs/nest-kit';
import { SiteTariffService } from './site-tariff.service.js';

const uid = parse(z.uuid());

@Controller('api/sites/:id/tariff')
export class SiteTariffController {
  constructor(private readonly siteTariff: SiteTariffService) {}

  @Get()
  find(@Param('id', uid) id: string): Promise<SiteTariff> {
    return this.siteTariff.find(id);
  }

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
