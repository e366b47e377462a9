import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { importSources, importStarted, type ImportSource } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { type Actor, collectBody, CurrentActor, Describe, Public, Roles } from '#libs/nest-kit';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { CollectionService } from './collection.service.js';
import { isGenuine } from './hook-signature.js';

/** What SFTPGo sends of an event is a few hundred bytes. */
const maxHookBytes = 64 * 1024;

@Controller('api/imports')
export class CollectionController {
  constructor(
    private readonly collection: CollectionService,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  @Describe({ summary: 'Import what is new at every source now', answer: importStarted })
  @Roles('admin', 'editor')
  @Post('runs')
  @HttpCode(202)
  start(@CurrentActor() actor: Actor): Promise<{ runId: string }> {
    return this.collection.start(actor);
  }

  @Describe({ summary: 'Where meter files are collected from, and how that goes', answer: importSources })
  @Get('sources')
  async sources(): Promise<{ sources: ImportSource[] }> {
    return { sources: await this.collection.list() };
  }

  /** What the hook says is not looked into: whatever has come is found by a look. */
  @Describe({
    summary: 'Say that a file or folder has come to the SFTP server',
    details:
      'For SFTPGo and other programs. Carries `Authorization: Bearer <IMPORT_HOOK_SECRET>`, or is signed: `X-Wattfleet-Signature: t=<seconds since 1970>,v1=<hexadecimal HMAC-SHA256 of "<t>.<body>" with the secret>`. Hooks within a second become one look.',
  })
  @Public()
  @Post('hooks/sftpgo')
  @HttpCode(202)
  async hook(
    @Headers('authorization') authorization: string | undefined,
    @Headers('x-wattfleet-signature') signature: string | undefined,
    @Body() body: unknown,
  ): Promise<void> {
    const { hookSecret } = this.settings.import;
    const bytes = body instanceof Readable ? await collectBody(body, maxHookBytes) : Buffer.alloc(0);
    if (bytes === undefined) throw new CodedError('BODY_TOO_LARGE');
    const headers = { authorization, signature };
    if (hookSecret === undefined || !isGenuine(headers, bytes, hookSecret.reveal(), new Date())) {
      throw new CodedError('HOOK_REFUSED');
    }
    this.collection.wake();
  }
}
