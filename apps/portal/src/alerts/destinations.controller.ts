import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import {
  alertDestination,
  alertDestinationBody,
  alertDestinations,
  alertDestinationTest,
  type AlertDestination,
  type AlertDestinationBody,
  type AlertDestinations,
  type AlertDestinationTest,
} from '#libs/contracts';
import { CurrentActor, Describe, DestinationsService, parse, Roles, type Actor } from '#libs/nest-kit';

const destinationId = parse(z.uuid());

/** An address of a webhook may hold a secret: only admins see them. */
@Roles('admin')
@Controller('api/alerts/destinations')
export class DestinationsController {
  constructor(private readonly destinations: DestinationsService) {}

  @Describe({ summary: 'List where notices of alerts go', answer: alertDestinations })
  @Get()
  list(): Promise<AlertDestinations> {
    return this.destinations.list();
  }

  @Describe({ summary: 'Send notices of alerts to one more address', answer: alertDestination })
  @Post()
  add(
    @Body(parse(alertDestinationBody)) body: AlertDestinationBody,
    @CurrentActor() actor: Actor,
  ): Promise<AlertDestination> {
    return this.destinations.add(body, actor);
  }

  @Describe({ summary: 'Change where notices go, or turn it off', answer: alertDestination })
  @Put(':id')
  edit(
    @Param('id', destinationId) id: string,
    @Body(parse(alertDestinationBody)) body: AlertDestinationBody,
    @CurrentActor() actor: Actor,
  ): Promise<AlertDestination> {
    return this.destinations.edit(id, body, actor);
  }

  @Describe({ summary: 'Send no more notices to an address' })
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', destinationId) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.destinations.remove(id, actor);
  }

  @Describe({ summary: 'Send a test notice and say what became of it', answer: alertDestinationTest })
  @Post(':id/test')
  @HttpCode(200)
  test(@Param('id', destinationId) id: string, @CurrentActor() actor: Actor): Promise<AlertDestinationTest> {
    return this.destinations.test(id, actor);
  }
}
