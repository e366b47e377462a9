import { Inject, Injectable } from '@nestjs/common';
import type { ApplicationInfo } from '#libs/contracts';
import type { ServerSettings } from './settings.js';
import { SERVER_SETTINGS } from './tokens.js';
import { version } from './version.js';

type Look = Omit<ApplicationInfo, 'version'>;

/** What anyone may know of the application before sign-in. One that is white-label says its looks itself. */
@Injectable()
export class ApplicationFacts {
  #look: () => Promise<Look>;

  constructor(@Inject(SERVER_SETTINGS) { applicationName }: ServerSettings) {
    this.#look = () => Promise.resolve({ applicationName });
  }

  lookBy(look: () => Promise<Look>): void {
    this.#look = look;
  }

  async current(): Promise<ApplicationInfo> {
    return { ...(await this.#look()), version };
  }
}
