import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { OperatorsController } from './operators.controller.js';
import { OperatorsService } from './operators.service.js';

@Module({ imports: [AuditModule], controllers: [OperatorsController], providers: [OperatorsService] })
export class OperatorsModule {}
