import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  addUserBody,
  editUserBody,
  userAccount,
  userWithPassword,
  type AddUserBody,
  type EditUserBody,
  type UserAccount,
  type UserWithPassword,
} from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { UsersService } from './users.service.js';

const accountId = parse(z.uuid());

@Roles('admin')
@Controller('api/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Describe({ summary: 'List the users', answer: z.object({ users: z.array(userAccount) }) })
  @Get()
  async list(): Promise<{ users: UserAccount[] }> {
    return { users: await this.users.list() };
  }

  @Describe({ summary: 'Add a user; the temporary password is shown this once', answer: userWithPassword })
  @Post()
  @Header('cache-control', 'no-store')
  add(@Body(parse(addUserBody)) body: AddUserBody, @CurrentActor() actor: Actor): Promise<UserWithPassword> {
    return this.users.add(body, actor);
  }

  @Describe({ summary: "Change a user's role", answer: userAccount })
  @Patch(':id')
  edit(
    @Param('id', accountId) id: string,
    @Body(parse(editUserBody)) body: EditUserBody,
    @CurrentActor() actor: Actor,
  ): Promise<UserAccount> {
    return this.users.edit(id, body, actor);
  }

  @Describe({ summary: 'Disable a user and end its sessions', answer: userAccount })
  @Post(':id/disable')
  @HttpCode(200)
  disable(@Param('id', accountId) id: string, @CurrentActor() actor: Actor): Promise<UserAccount> {
    return this.users.setDisabled(id, true, actor);
  }

  @Describe({ summary: 'Let a disabled user sign in again', answer: userAccount })
  @Post(':id/enable')
  @HttpCode(200)
  enable(@Param('id', accountId) id: string, @CurrentActor() actor: Actor): Promise<UserAccount> {
    return this.users.setDisabled(id, false, actor);
  }

  @Describe({ summary: 'Give a user a new temporary password, shown this once', answer: userWithPassword })
  @Post(':id/temporary-password')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  setTemporaryPassword(
    @Param('id', accountId) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<UserWithPassword> {
    return this.users.setTemporaryPassword(id, actor);
  }

  @Describe({ summary: 'Delete a user' })
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', accountId) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.users.remove(id, actor);
  }
}
