import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ForwardAuthController } from './forward-auth.controller.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [AuditModule],
  controllers: [ForwardAuthController, UsersController],
  providers: [UsersService],
})
export class AccountsModule {}
