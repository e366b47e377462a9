import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Branding, FaviconSize } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import {
  lockBranding,
  selectBranding,
  updateFavicon,
  updateLogo,
  type BrandingRow,
  type LogoRow,
} from './branding.queries.js';
import { defaultMark, describeBrand, markVersion } from './describe-brand.js';
import { drawFavicon, drawLogo } from './draw-pictures.js';
import { PictureStore } from './picture-store.js';

/** A picture to answer with. Another picture has another version. */
export interface ServedPicture {
  type: 'image/png' | 'image/svg+xml';
  bytes: Buffer | string;
  version: string;
}

/** Logo and favicon: the files on the volume, and the row that says which of them count. */
@Injectable()
export class BrandPicturesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: PictureStore,
    private readonly audit: AuditService,
  ) {}

  /**
   * @param bytes PNG, JPEG, WebP or SVG
   * @throws CodedError BRANDING_IMAGE_INVALID, BRANDING_IMAGE_TOO_LARGE, BRANDING_STORE_UNAVAILABLE
   */
  async setLogo(bytes: Buffer, actor: Actor): Promise<Branding> {
    const logo = await this.placeLogo(bytes);
    const summary = `Uploaded a logo of ${String(logo.width)} × ${String(logo.height)} pixels`;
    return this.replace(logo.id, actor, summary, async (manager, before) => {
      await updateLogo(manager, logo);
      return before.logo?.id;
    });
  }

  /** @throws CodedError as `setLogo` does */
  async setFavicon(bytes: Buffer, actor: Actor): Promise<Branding> {
    const id = uuid();
    const drawn = await drawFavicon(bytes);
    await this.keep(id, () => this.store.writeFavicon(id, drawn));
    return this.replace(id, actor, 'Uploaded a favicon', async (manager, before) => {
      await updateFavicon(manager, id);
      return before.faviconId;
    });
  }

  removeLogo(actor: Actor): Promise<Branding> {
    return this.replace(undefined, actor, 'Removed the logo', async (manager, before) => {
      await updateLogo(manager, null);
      return before.logo?.id;
    });
  }

  /** From then on it is made from the logo again. */
  removeFavicon(actor: Actor): Promise<Branding> {
    return this.replace(undefined, actor, 'Removed the favicon', async (manager, before) => {
      await updateFavicon(manager, null);
      return before.faviconId;
    });
  }

  /** Draws a logo and the favicon made from it, and writes both; no row knows them yet. */
  async placeLogo(bytes: Buffer): Promise<LogoRow> {
    const { png, ...logo } = await drawLogo(bytes);
    const favicon = await drawFavicon(bytes);
    const id = uuid();
    await this.keep(id, async () => {
      await this.store.writeLogo(id, png);
      await this.store.writeFavicon(id, favicon);
    });
    return { id, ...logo };
  }

  /** Of pictures that cannot all be written, none stays. */
  private async keep(id: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      await this.store.remove([id]);
      throw error;
    }
  }

  /** @throws CodedError NOT_FOUND when there is no logo, or the volume has lost it */
  async logo(): Promise<ServedPicture> {
    const { logo } = await selectBranding(this.dataSource);
    const bytes = logo === null ? undefined : await this.store.readLogo(logo.id);
    if (logo === null || bytes === undefined)
      throw new CodedError('NOT_FOUND', { detail: 'there is no logo' });
    return { type: 'image/png', bytes, version: logo.id };
  }

  /** The one that was uploaded, else the one made from the logo, else the mark in the primary colour. */
  async favicon(size: FaviconSize): Promise<ServedPicture> {
    const { faviconId, logo, primaryColor } = await selectBranding(this.dataSource);
    const version = faviconId ?? logo?.id;
    const bytes = version === undefined ? undefined : await this.store.readFavicon(version, size);
    if (version !== undefined && bytes !== undefined) return { type: 'image/png', bytes, version };
    return { type: 'image/svg+xml', bytes: defaultMark(primaryColor), version: markVersion(primaryColor) };
  }

  /** @param change the rows; it answers with the id of the pictures that it has put out of use */
  private async replace(
    newId: string | undefined,
    actor: Actor,
    summary: string,
    change: (manager: EntityManager, before: BrandingRow) => Promise<string | null | undefined>,
  ): Promise<Branding> {
    const work = this.dataSource.transaction(async (manager) => {
      const unused = await change(manager, await lockBranding(manager));
      const isChange = newId !== undefined || typeof unused === 'string';
      if (isChange) await this.audit.record(manager, { ...actor, action: 'branding.changed', summary });
      return { unused, brand: describeBrand(await selectBranding(manager)) };
    });
    try {
      const { unused, brand } = await work;
      await this.store.remove([unused]);
      return brand;
    } catch (error) {
      await this.store.remove([newId]);
      throw error;
    }
  }
}
