import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import writeFileAtomic from 'write-file-atomic';
import { CodedError, hasCode } from '#libs/errors';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import type { DashboardFile } from './site-dashboard.js';

/** What we have written, and what a write leaves that was cut off; other files are none of ours. */
const ours = /^site-[0-9a-f]{32}\.json$/;
const leftOver = /^site-[0-9a-f]{32}\.json\.\d+$/;

/** By then the other portal that may be writing it has ended. */
const leftOverMs = 600_000;

/** The folder that Grafana reads the dashboards of sites from. */
@Injectable()
export class DashboardFolder {
  /** Undefined where there is no Grafana. */
  readonly path: string | undefined;

  /** Digest of each file as it was last seen. */
  private readonly known = new Map<string, string>();

  constructor(@Inject(PORTAL_SETTINGS) settings: PortalSettings) {
    this.path = settings.dashboardsFolder;
  }

  /**
   * Makes the dashboards in the folder these, and no others: done twice it changes nothing.
   * @param wantedNow asked for after the folder was listed: a file of a site that is newer than the answer, which another
   *   portal has just written, is in no list
   * @returns how many files were written and removed
   * @throws CodedError DASHBOARDS_UNWRITABLE after all that can be done is done
   */
  async bring(
    wantedNow: () => Promise<readonly DashboardFile[]>,
  ): Promise<{ written: number; removed: number }> {
    const folder = this.path;
    if (folder === undefined) return { written: 0, removed: 0 };
    const there = new Set(await readdir(folder).catch((error: unknown) => fail(error)));
    const files = await wantedNow();
    const wanted = new Set(files.map(({ name }) => name));
    const failures: unknown[] = [];
    let [written, removed] = [0, 0];
    for (const file of files) {
      if (!there.has(file.name)) this.known.delete(file.name);
      if (await attempt(failures, () => this.write(folder, file))) written += 1;
    }
    for (const name of there) {
      if (wanted.has(name) || !(await isObsolete(folder, name))) continue;
      if (await attempt(failures, () => this.remove(folder, name))) removed += 1;
    }
    if (failures.length > 0) fail(failures[0]);
    return { written, removed };
  }

  /** @returns whether it was another one before */
  private async write(folder: string, { name, text }: DashboardFile): Promise<boolean> {
    const digest = createHash('sha256').update(text).digest('base64');
    if (this.known.get(name) === digest) return false;
    const file = path.join(folder, name);
    const before = await readFile(file, 'utf8').catch(() => undefined);
    if (before !== text) await writeFileAtomic(file, text, { mode: 0o644 });
    this.known.set(name, digest);
    return before !== text;
  }

  private async remove(folder: string, name: string): Promise<boolean> {
    await rm(path.join(folder, name), { force: true });
    this.known.delete(name);
    return true;
  }
}

async function isObsolete(folder: string, name: string): Promise<boolean> {
  if (ours.test(name)) return true;
  if (!leftOver.test(name)) return false;
  const { mtimeMs } = await stat(path.join(folder, name)).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > leftOverMs;
}

async function attempt(failures: unknown[], work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    failures.push(error);
    return false;
  }
}

function fail(cause: unknown): never {
  const detail = hasCode(cause, 'ENOENT')
    ? 'the folder GRAFANA_DASHBOARDS_DIR is missing: is the volume mounted?'
    : `the folder GRAFANA_DASHBOARDS_DIR or a file in it is refused (${codeOf(cause)})`;
  throw new CodedError('DASHBOARDS_UNWRITABLE', { detail, cause });
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? String(cause);
}
