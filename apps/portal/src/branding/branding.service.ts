import { readFile } from 'node:fs/promises';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Branding, BrandingBody } from '#libs/contracts';
import { ApplicationFacts, ReadinessDetails, type Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { BrandPicturesService } from './brand-pictures.service.js';
import {
  insertFirstBranding,
  lockBranding,
  selectBranding,
  updateFavicon,
  updateLogo,
  updateTexts,
  type LogoRow,
} from './branding.queries.js';
import { describeBrand } from './describe-brand.js';
import { PictureStore } from './picture-store.js';

const texts: [keyof BrandingBody, string][] = [
  ['applicationName', 'application name'],
  ['primaryColor', 'primary colour'],
  ['secondaryColor', 'secondary colour'],
  ['accentColor', 'accent colour'],
  ['footerText', 'footer'],
];

/** How the portal looks. The environment says it at the first start, and when somebody resets it. */
@Injectable()
export class BrandingService implements OnModuleInit {
  private readonly logger = new Logger('Branding');

  constructor(
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly dataSource: DataSource,
    private readonly pictures: BrandPicturesService,
    private readonly store: PictureStore,
    private readonly audit: AuditService,
    private readonly facts: ApplicationFacts,
    private readonly readiness: ReadinessDetails,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.beginWithFirstBrand();
    this.readiness.add('branding', () => this.problem());
    this.facts.lookBy(async () => {
      const branding = await this.current();
      return { applicationName: branding.applicationName, branding };
    });
    const problem = await this.problem();
    if (problem !== undefined) this.logger.warn(problem);
  }

  async current(): Promise<Branding> {
    return describeBrand(await selectBranding(this.dataSource));
  }

  change(body: BrandingBody, actor: Actor): Promise<Branding> {
    return this.dataSource.transaction(async (manager) => {
      const before = await lockBranding(manager);
      const changed = texts.filter(([name]) => before[name] !== body[name]).map(([, words]) => words);
      if (changed.length > 0) {
        await updateTexts(manager, body);
        const summary = `Changed ${changed.join(', ')}`;
        await this.audit.record(manager, { ...actor, action: 'branding.changed', summary });
      }
      return describeBrand(await selectBranding(manager));
    });
  }

  /** Back to what the environment says, pictures too. */
  async reset(actor: Actor): Promise<Branding> {
    const logo = await this.placeFirstLogo();
    const unused = await this.dataSource.transaction(async (manager) => {
      const before = await lockBranding(manager);
      await updateTexts(manager, this.settings.branding.first);
      await updateLogo(manager, logo);
      await updateFavicon(manager, null);
      const summary = 'Reset to how the portal was delivered';
      await this.audit.record(manager, { ...actor, action: 'branding.reset', summary });
      return [before.logo?.id, before.faviconId];
    });
    await this.store.remove(unused);
    return this.current();
  }

  private async beginWithFirstBrand(): Promise<void> {
    const isFirst = await this.dataSource.transaction((manager) =>
      insertFirstBranding(manager, this.settings.branding.first),
    );
    const logo = isFirst ? await this.placeFirstLogo() : null;
    if (logo !== null) await this.dataSource.transaction((manager) => updateLogo(manager, logo));
  }

  /** A logo that cannot be had is no reason not to start: it is said in the log, and can be uploaded later. */
  private async placeFirstLogo(): Promise<LogoRow | null> {
    const { firstLogoFile } = this.settings.branding;
    if (firstLogoFile === undefined) return null;
    try {
      return await this.pictures.placeLogo(await readFile(firstLogoFile));
    } catch (error) {
      this.logger.warn({ err: error }, 'The logo of WHITE_LABEL_LOGO_FILE cannot be used');
      return null;
    }
  }

  private async problem(): Promise<string | undefined> {
    const problem = await this.store.problem();
    if (problem !== undefined) return problem;
    const { logo } = await selectBranding(this.dataSource);
    if (logo === null || (await this.store.readLogo(logo.id)) !== undefined) return undefined;
    return 'the file of the logo is gone from BRANDING_DIR: restore it, or upload the logo again';
  }
}
