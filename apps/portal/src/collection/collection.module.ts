import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { uploadContentType } from '#libs/contracts';
import { AuditModule } from '../audit/audit.module.js';
import { FleetPushModule } from '../fleet-push/fleet-push.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { CollectionController } from './collection.controller.js';
import { CollectionService } from './collection.service.js';

const hookPath = '/api/imports/hooks/';

@Module({
  imports: [AuditModule, FleetPushModule, ImportsModule],
  controllers: [CollectionController],
  providers: [CollectionService],
})
export class CollectionModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  /**
   * A hook is signed as it came, and may hold any file name: whatever its content type, its body is handed on unread, as that of
   * an upload is.
   */
  onModuleInit(): void {
    this.host.httpAdapter.getInstance().addHook('onRequest', async (request) => {
      if (request.url.startsWith(hookPath)) request.headers['content-type'] = uploadContentType;
    });
  }
}
