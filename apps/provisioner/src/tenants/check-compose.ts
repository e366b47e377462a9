import { chmod, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '#libs/errors';
import type { CurrentFile, RenderedFile } from '#libs/stack';
import { composeConfig } from '../docker/compose.js';
import type { Docker } from '../docker/docker.js';
import { draftFolder, removeLeftovers } from './create-folder.js';
import { writeFiles } from './tenant-folder.js';

/** Files that Compose would be given, and where the tenant's folder is. */
export interface ComposeInput {
  folder: string;
  rendered: readonly RenderedFile[];
  override: CurrentFile;
}

/** Asks Compose whether it takes what was rendered, together with ops' own override. */
export class ComposeCheck {
  readonly #docker: Docker;
  /** Forms that it takes: tenants differ by names and values alone, and each question costs a process. */
  readonly #accepted = new Set<string>();
  #isThere: Promise<boolean> | undefined;

  constructor(docker: Docker) {
    this.#docker = docker;
  }

  /**
   * @returns false where there is no Compose to ask
   * @throws CodedError COMPOSE_REJECTED with what it says
   */
  async accepts(slug: string, input: ComposeInput): Promise<boolean> {
    this.#isThere ??= this.#docker.run(['compose', 'version', '--short']).then(
      () => true,
      () => false,
    );
    if (!(await this.#isThere)) return false;
    const form = formOf(slug, input);
    if (form !== undefined && this.#accepted.has(form)) return true;
    await this.#ask(slug, input);
    if (form !== undefined) this.#accepted.add(form);
    return true;
  }

  /** The files are given in a folder of their own: the tenant's stay as they are until they are known to be good. */
  async #ask(slug: string, { folder, rendered, override }: ComposeInput): Promise<void> {
    const root = path.dirname(folder);
    const draft = draftFolder(root, slug);
    const own =
      override === undefined ? [] : [{ path: 'compose.override.yaml', text: override.text, mode: 0o600 }];
    try {
      await mkdir(root, { recursive: true });
      await removeLeftovers(root, slug);
      await mkdir(draft);
      await chmod(draft, 0o700);
      await writeFiles(draft, [...rendered.filter(({ path }) => !path.startsWith('secrets/')), ...own]);
      await this.#docker.run(composeConfig(folder, draft, own.length > 0));
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== 'DOCKER_FAILED') throw error;
      throw new CodedError('COMPOSE_REJECTED', { detail: error.detail ?? '', cause: error });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
}

/**
 * What is left of `compose.yaml` without the tenant's name and without values: two of one form are taken both or not at
 * all, since values are quoted by the renderer. With an override, whose text is anybody's, each is asked about.
 */
function formOf(slug: string, { rendered, override }: ComposeInput): string | undefined {
  if (override !== undefined) return undefined;
  const text = rendered.find(({ path }) => path === 'compose.yaml')?.text ?? '';
  const values = /^( +(?:- )?(?:[A-Z][A-Z0-9_]*|(?:traefik|wattfleet)\.[\w.<>-]*|subnet|ip_range): ).*$/gm;
  return text.replaceAll(slug, '<slug>').replaceAll(values, '$1');
}
