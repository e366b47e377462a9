import { Controller, Get, Header } from '@nestjs/common';
import { Describe, Public } from '#libs/nest-kit';
import { ApiReferenceService } from './api-reference.service.js';
import type { OpenApi } from './openapi-document.js';

/** What the API is, for programs and for people. Open: it names no data, and who writes a program has only a token. */
@Public()
@Controller('api')
export class ApiReferenceController {
  constructor(private readonly reference: ApiReferenceService) {}

  @Describe({ section: 'reference', summary: 'This API as an OpenAPI 3.1 document' })
  @Get('openapi.json')
  document(): Promise<OpenApi> {
    return this.reference.document();
  }

  @Describe({ section: 'reference', summary: 'This API as a page to read', alsoAnswers: ['text/html'] })
  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  page(): Promise<string> {
    return this.reference.page();
  }
}
