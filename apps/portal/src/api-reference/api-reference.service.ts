import { Inject, Injectable } from '@nestjs/common';
import { RouteTable, version } from '#libs/nest-kit';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import type { OpenApi } from './openapi-document.js';
import { buildOpenApi } from './openapi.js';

/** The API reference, made of the routes that there are when somebody first asks for it. */
@Injectable()
export class ApiReferenceService {
  private made: OpenApi | undefined;

  constructor(
    private readonly routes: RouteTable,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  document(): OpenApi {
    const { applicationName, publicUrl } = this.settings.server;
    this.made ??= buildOpenApi(this.routes.list(), { applicationName, version, url: publicUrl.origin });
    return this.made;
  }

  async page(): Promise<string> {
    // Loaded on request: a portal that nobody reads about does without its memory.
    const { renderReference } = await import('./reference-page.js');
    return renderReference(this.document());
  }
}
