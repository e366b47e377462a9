import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import {
  portalAuditFilter,
  portalAuditPage,
  portalAuditQuery,
  type PortalAuditFilter,
  type PortalAuditPage,
  type PortalAuditQuery,
} from '#libs/contracts';
import { Describe, parse, Roles } from '#libs/nest-kit';
import { auditCsv } from './audit-csv.js';
import { AuditService } from './audit.service.js';

@Roles('admin')
@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Describe({ summary: 'List who changed what, newest first', answer: portalAuditPage })
  @Get()
  list(@Query(parse(portalAuditQuery)) query: PortalAuditQuery): Promise<PortalAuditPage> {
    return this.audit.list(query);
  }

  /** All that the filter finds, newest first. */
  @Describe({ summary: 'Download who changed what', alsoAnswers: ['text/csv'] })
  @Get('export.csv')
  export(@Query(parse(portalAuditFilter)) filter: PortalAuditFilter): StreamableFile {
    return new StreamableFile(auditCsv(this.audit.listAll(filter)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="audit.csv"',
    });
  }
}
