import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  computedBill,
  sampleDayBody,
  tariffBody,
  tariffDetail,
  tariffExample,
  type ComputedBill,
  type SampleDayBody,
  type StoredTariffExample,
  type TariffBody,
  type TariffDetail,
} from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { tariffExamples } from '#libs/tariffs';
import { TariffsService } from './tariffs.service.js';

const uid = parse(z.uuid());

@Controller('api/tariffs')
export class TariffsController {
  constructor(private readonly tariffs: TariffsService) {}

  @Describe({ summary: 'Tariffs to begin with', answer: z.object({ examples: z.array(tariffExample) }) })
  @Get('examples')
  examples(): { examples: readonly StoredTariffExample[] } {
    return { examples: tariffExamples };
  }

  /** Changes nothing, so it is for everybody. */
  @Describe({ summary: 'Price one day by a tariff that need not be saved', answer: computedBill })
  @Roles('admin', 'editor', 'viewer')
  @Post('sample-day')
  @HttpCode(200)
  priceSampleDay(@Body(parse(sampleDayBody)) body: SampleDayBody): Promise<ComputedBill> {
    return this.tariffs.priceSampleDay(body);
  }

  @Describe({ summary: 'A tariff with its versions', answer: tariffDetail })
  @Get(':id')
  find(@Param('id', uid) id: string): Promise<TariffDetail> {
    return this.tariffs.find(id);
  }

  @Describe({ summary: 'Rename a tariff', answer: tariffDetail })
  @Roles('admin', 'editor')
  @Patch(':id')
  rename(
    @Param('id', uid) id: string,
    @Body(parse(tariffBody)) body: TariffBody,
    @CurrentActor() actor: Actor,
  ): Promise<TariffDetail> {
    return this.tariffs.rename(id, body, actor);
  }

  @Describe({ summary: 'Delete a tariff that no site is billed by' })
  @Roles('admin', 'editor')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', uid) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.tariffs.remove(id, actor);
  }
}
