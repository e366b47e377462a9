import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import {
  alertDestinationBody,
  type AlertDestination,
  type AlertDestinationBody,
  type AlertDestinations,
  type AlertDestinationTest,
} from '#libs/contracts';
import { CurrentActor, DestinationsService, parse, type Actor } from '#libs/nest-kit';

@Controller('api/alerts/destinations')
export class DestinationsController {
  constructor(private readonly destinations: DestinationsService) {}

  @Get()
  list(): Promise<AlertDestinations> {
    return this.destinations.list();
  }

  @Post()
  add(
    @Body(parse(alertDestinationBody)) body: AlertDestinationBody,
    @CurrentActor() actor: Actor,
  ): Promise<AlertDestination> {
    return this.destinations.add(body, actor);
  }

  @Put(':id')
  edit(
    @Param('id', parse(z.uuid())) id: string,
    @Body(parse(alertDestinationBody)) body: AlertDestinationBody,
    @CurrentActor() actor: Actor,
  ): Promise<AlertDestination> {
    return this.destinations.edit(id, body, actor);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', parse(z.uuid())) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.destinations.remove(id, actor);
  }

  @Post(':id/test')
  @HttpCode(200)
  test(
    @Param('id', parse(z.uuid())) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<AlertDestinationTest> {
    return this.destinations.test(id, actor);
  }
}
