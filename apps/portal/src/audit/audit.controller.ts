import { Controller, Get, Query } from '@nestjs/common';
import { portalAuditQuery, type PortalAuditPage, type PortalAuditQuery } from '#libs/contracts';
import { parse, Roles } from '#libs/nest-kit';
import { AuditService } from './audit.service.js';

@Roles('admin')
@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  list(@Query(parse(portalAuditQuery)) query: PortalAuditQuery): Promise<PortalAuditPage> {
    return this.audit.list(query);
  }
}
