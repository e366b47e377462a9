import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import {
  addOperatorBody,
  editOperatorBody,
  resetPasswordBody,
  type AddOperatorBody,
  type EditOperatorBody,
  type OperatorAccount,
  type ResetPasswordBody,
} from '#libs/contracts';
import { type Actor, CurrentActor, parse } from '#libs/nest-kit';
import { OperatorsService } from './operators.service.js';

const accountId = parse(z.uuid());

@Controller('api/operators')
export class OperatorsController {
  constructor(private readonly operators: OperatorsService) {}

  @Get()
  async list(): Promise<{ operators: OperatorAccount[] }> {
    return { operators: await this.operators.list() };
  }

  @Post()
  add(
    @Body(parse(addOperatorBody)) body: AddOperatorBody,
    @CurrentActor() actor: Actor,
  ): Promise<OperatorAccount> {
    return this.operators.add(body, actor);
  }

  @Patch(':id')
  edit(
    @Param('id', accountId) id: string,
    @Body(parse(editOperatorBody)) body: EditOperatorBody,
    @CurrentActor() actor: Actor,
  ): Promise<OperatorAccount> {
    return this.operators.edit(id, body, actor);
  }

  @Put(':id/password')
  @HttpCode(204)
  resetPassword(
    @Param('id', accountId) id: string,
    @Body(parse(resetPasswordBody)) body: ResetPasswordBody,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.operators.resetPassword(id, body, actor);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', accountId) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.operators.remove(id, actor);
  }
}
