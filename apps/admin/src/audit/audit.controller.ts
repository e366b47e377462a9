import { Controller, Get, Query } from '@nestjs/common';
import { auditQuery, type AuditPage, type AuditQuery } from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { AuditService } from './audit.service.js';

@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  list(@Query(parse(auditQuery)) query: AuditQuery): Promise<AuditPage> {
    return this.audit.list(query);
  }
}
