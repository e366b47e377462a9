import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  addTokenBody,
  customerCode,
  rotateTokenBody,
  type AddTokenBody,
  type CustomerToken,
  type CustomerWithToken,
  type RotateTokenBody,
} from '#libs/contracts';
import { type Actor, CurrentActor, parse } from '#libs/nest-kit';
import { TokensService } from './tokens.service.js';

const code = parse(customerCode);

@Controller('api/customers/:code/tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Get()
  async list(@Param('code', code) customer: string): Promise<{ tokens: CustomerToken[] }> {
    return { tokens: await this.tokens.list(customer) };
  }

  @Post()
  @Header('cache-control', 'no-store')
  add(
    @Param('code', code) customer: string,
    @Body(parse(addTokenBody)) body: AddTokenBody,
    @CurrentActor() actor: Actor,
  ): Promise<CustomerWithToken> {
    return this.tokens.add(customer, body, actor);
  }

  @Post('rotate')
  @Header('cache-control', 'no-store')
  rotate(
    @Param('code', code) customer: string,
    @Body(parse(rotateTokenBody)) body: RotateTokenBody,
    @CurrentActor() actor: Actor,
  ): Promise<CustomerWithToken> {
    return this.tokens.rotate(customer, body, actor);
  }

  /** Revokes the token; it stays in the list. */
  @Delete(':id')
  @HttpCode(204)
  revoke(
    @Param('code', code) customer: string,
    @Param('id', parse(z.uuid())) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.tokens.revoke(customer, id, actor);
  }
}
