import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  addUserBody,
  editUserBody,
  type AddUserBody,
  type EditUserBody,
  type UserAccount,
  type UserWithPassword,
} from '#libs/contracts';
import { type Actor, CurrentActor, parse, Roles } from '#libs/nest-kit';
import { UsersService } from './users.service.js';

const accountId = parse(z.uuid());

@Roles('admin')
@Controller('api/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  async list(): Promise<{ users: UserAccount[] }> {
    return { users: await this.users.list() };
  }

  @Post()
  @Header('cache-control', 'no-store')
  add(@Body(parse(addUserBody)) body: AddUserBody, @CurrentActor() actor: Actor): Promise<UserWithPassword> {
    return this.users.add(body, actor);
  }

  @Patch(':id')
  edit(
    @Param('id', accountId) id: string,
    @Body(parse(editUserBody)) body: EditUserBody,
    @CurrentActor() actor: Actor,
  ): Promise<UserAccount> {
    return this.users.edit(id, body, actor);
  }

  @Post(':id/disable')
  @HttpCode(200)
  disable(@Param('id', accountId) id: string, @CurrentActor() actor: Actor): Promise<UserAccount> {
    return this.users.setDisabled(id, true, actor);
  }

  @Post(':id/enable')
  @HttpCode(200)
  enable(@Param('id', accountId) id: string, @CurrentActor() actor: Actor): Promise<UserAccount> {
    return this.users.setDisabled(id, false, actor);
  }

  @Post(':id/temporary-password')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  setTemporaryPassword(
    @Param('id', accountId) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<UserWithPassword> {
    return this.users.setTemporaryPassword(id, actor);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', accountId) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.users.remove(id, actor);
  }
}
