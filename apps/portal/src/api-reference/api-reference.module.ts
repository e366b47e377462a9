import { Module } from '@nestjs/common';
import { ApiReferenceController } from './api-reference.controller.js';
import { ApiReferenceService } from './api-reference.service.js';

@Module({ controllers: [ApiReferenceController], providers: [ApiReferenceService] })
export class ApiReferenceModule {}
