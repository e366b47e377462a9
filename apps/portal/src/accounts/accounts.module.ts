import { Module } from '@nestjs/common';
import { ForwardAuthController } from './forward-auth.controller.js';

@Module({ controllers: [ForwardAuthController] })
export class AccountsModule {}
