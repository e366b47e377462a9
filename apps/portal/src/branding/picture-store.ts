import { constants } from 'node:fs';
import { access, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import writeFileAtomic from 'write-file-atomic';
import { faviconSizes, type FaviconSize } from '#libs/contracts';
import { CodedError, hasCode } from '#libs/errors';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import type { DrawnFavicon } from './draw-pictures.js';

/** The pictures on the branding volume. Their names are made from ids of ours, never from what somebody sent. */
@Injectable()
export class PictureStore {
  private readonly logger = new Logger('Branding');
  private readonly folder: string | undefined;

  constructor(@Inject(PORTAL_SETTINGS) settings: PortalSettings) {
    this.folder = settings.branding.folder;
  }

  /** @throws CodedError BRANDING_STORE_UNAVAILABLE */
  writeLogo(id: string, png: Buffer): Promise<void> {
    return this.write(logoName(id), png);
  }

  /** @throws CodedError BRANDING_STORE_UNAVAILABLE */
  async writeFavicon(id: string, drawn: DrawnFavicon): Promise<void> {
    for (const size of faviconSizes) await this.write(faviconName(id, size), drawn[size]);
  }

  /** @returns undefined when the volume does not have it */
  readLogo(id: string): Promise<Buffer | undefined> {
    return this.read(logoName(id));
  }

  /** @returns undefined when the volume does not have it */
  readFavicon(id: string, size: FaviconSize): Promise<Buffer | undefined> {
    return this.read(faviconName(id, size));
  }

  /** Removes all files of these pictures. One that stays costs a little space, so it fails nothing. */
  async remove(ids: readonly (string | null | undefined)[]): Promise<void> {
    const { folder } = this;
    if (folder === undefined) return;
    const names = ids
      .filter((id) => typeof id === 'string')
      .flatMap((id) => [logoName(id), ...faviconSizes.map((size) => faviconName(id, size))]);
    for (const name of names) {
      await rm(path.join(folder, name), { force: true }).catch((error: unknown) => {
        this.logger.warn({ err: error }, `An old picture could not be removed: ${name}`);
      });
    }
  }

  /** What is wrong with the volume, for operators; undefined when pictures can be kept or none are wanted. */
  async problem(): Promise<string | undefined> {
    const { folder } = this;
    if (folder === undefined) return undefined;
    try {
      if (!(await stat(folder)).isDirectory()) return 'BRANDING_DIR is no folder';
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
      return undefined;
    } catch (error) {
      if (hasCode(error, 'ENOENT'))
        return 'the folder BRANDING_DIR is missing: is the branding volume mounted?';
      return 'the folder BRANDING_DIR cannot be written';
    }
  }

  private async write(name: string, bytes: Buffer): Promise<void> {
    if (this.folder === undefined) {
      throw new CodedError('BRANDING_STORE_UNAVAILABLE', { detail: 'BRANDING_DIR is not set' });
    }
    try {
      await writeFileAtomic(path.join(this.folder, name), bytes, { mode: 0o644 });
    } catch (cause) {
      const detail = (await this.problem()) ?? 'a picture could not be written';
      throw new CodedError('BRANDING_STORE_UNAVAILABLE', { detail, cause });
    }
  }

  private async read(name: string): Promise<Buffer | undefined> {
    if (this.folder === undefined) return undefined;
    try {
      return await readFile(path.join(this.folder, name));
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) this.logger.warn({ err: error }, `A picture cannot be read: ${name}`);
      return undefined;
    }
  }
}

const logoName = (id: string) => `logo-${id}.png`;
const faviconName = (id: string, size: FaviconSize) => `favicon-${id}-${String(size)}.png`;
