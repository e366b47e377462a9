import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  alertDestinationBody,
  type AlertDestination,
  type AlertDestinationBody,
  type AlertDestinations,
  type AlertDestinationTest,
} from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { actorOf } from './actor.js';
import { DestinationsService } from './destinations.service.js';

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
    @Req() request: FastifyRequest,
  ): Promise<AlertDestination> {
    return this.destinations.add(body, actorOf(request));
  }

  @Put(':id')
  edit(
    @Param('id', parse(z.uuid())) id: string,
    @Body(parse(alertDestinationBody)) body: AlertDestinationBody,
    @Req() request: FastifyRequest,
  ): Promise<AlertDestination> {
    return this.destinations.edit(id, body, actorOf(request));
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', parse(z.uuid())) id: string, @Req() request: FastifyRequest): Promise<void> {
    return this.destinations.remove(id, actorOf(request));
  }

  @Post(':id/test')
  @HttpCode(200)
  test(
    @Param('id', parse(z.uuid())) id: string,
    @Req() request: FastifyRequest,
  ): Promise<AlertDestinationTest> {
    return this.destinations.test(id, actorOf(request));
  }
}
