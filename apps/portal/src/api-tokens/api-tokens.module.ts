import { Global, Module } from '@nestjs/common';
import { API_TOKENS } from '#libs/nest-kit';
import { AuditModule } from '../audit/audit.module.js';
import { ApiTokensController } from './api-tokens.controller.js';
import { ApiTokensService } from './api-tokens.service.js';
import { TokenRecognition } from './token-recognition.js';

/** Global, as the guard that stands before every route asks it for the token of a request. */
@Global()
@Module({
  imports: [AuditModule],
  controllers: [ApiTokensController],
  providers: [ApiTokensService, TokenRecognition, { provide: API_TOKENS, useExisting: TokenRecognition }],
  exports: [API_TOKENS],
})
export class ApiTokensModule {}
