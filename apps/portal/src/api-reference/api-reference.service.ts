import { Inject, Injectable } from '@nestjs/common';
import { ApplicationFacts, RouteTable } from '#libs/nest-kit';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import type { OpenApi } from './openapi-document.js';
import { buildOpenApi, type ApiInfo } from './openapi.js';

/** The API reference, made of the routes that there are when somebody first asks for it. */
@Injectable()
export class ApiReferenceService {
  #made: { info: ApiInfo; document: OpenApi } | undefined;

  constructor(
    private readonly routes: RouteTable,
    private readonly facts: ApplicationFacts,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  async document(): Promise<OpenApi> {
    const { applicationName, version } = await this.facts.current();
    // Who changes the name of the application reads it here, too.
    if (this.#made?.info.applicationName !== applicationName) {
      const info = { applicationName, version, url: this.settings.server.publicUrl.origin };
      this.#made = { info, document: buildOpenApi(this.routes.list(), info) };
    }
    return this.#made.document;
  }

  async page(): Promise<string> {
    // Loaded on request: a portal that nobody reads about does without its memory.
    const { renderReference } = await import('./reference-page.js');
    return renderReference(await this.document());
  }
}
