import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  addApiTokenBody,
  addedApiToken,
  apiToken,
  type AddApiTokenBody,
  type AddedApiToken,
  type ApiToken,
} from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { ApiTokensService } from './api-tokens.service.js';

/** Tokens with which programs call the API. */
@Roles('admin')
@Controller('api/api-tokens')
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokensService) {}

  @Describe({ summary: 'List API tokens', answer: z.object({ tokens: z.array(apiToken) }) })
  @Get()
  async list(): Promise<{ tokens: ApiToken[] }> {
    return { tokens: await this.tokens.list() };
  }

  @Describe({ summary: 'Make an API token; it is shown this once', answer: addedApiToken })
  @Post()
  @Header('cache-control', 'no-store')
  add(
    @Body(parse(addApiTokenBody)) body: AddApiTokenBody,
    @CurrentActor() actor: Actor,
  ): Promise<AddedApiToken> {
    return this.tokens.add(body, actor);
  }

  @Describe({ summary: 'Revoke an API token; it stays in the list' })
  @Delete(':id')
  @HttpCode(204)
  revoke(@Param('id', parse(z.uuid())) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.tokens.revoke(id, actor);
  }
}
