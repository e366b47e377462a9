import path from 'node:path';
import { deviceSerial, type ColumnMapping, type ImportMapping } from '#libs/contracts';

/** A file that waits, as far as a mapping is concerned. */
interface Bindable {
  path: string;
  place: { deviceSerial?: string } | undefined;
  uploadId?: string;
  mapping?: ColumnMapping;
}

type Bound = Pick<ImportMapping, 'mapping' | 'savedAt'> & { files: string };

/** Which collected files are read by a saved mapping. */
export class FileBindings {
  private readonly bound: readonly Bound[];

  constructor(mappings: readonly ImportMapping[] = []) {
    this.bound = mappings
      .flatMap(({ files, mapping, savedAt }) => (files === null ? [] : [{ files, mapping, savedAt }]))
      .toSorted((a, b) => b.savedAt.localeCompare(a.savedAt));
  }

  /** No mapping names any. */
  get isEmpty(): boolean {
    return this.bound.length === 0;
  }

  /** @param file relative to the root of its source, with `/` */
  isBound(file: string): boolean {
    return this.find(file) !== undefined;
  }

  /**
   * The file with the mapping that it is read by. Where the pattern leaves the device's folder open, that folder names the device,
   * else the mapping does.
   */
  bind<T extends Bindable>(file: T): T {
    const found = file.uploadId === undefined ? this.find(file.path) : undefined;
    if (found === undefined) return file;
    const folder = deviceSerial.safeParse(file.place?.deviceSerial);
    const isOpen = /[*?]/.test(found.files.split('/')[1] ?? '');
    const device = isOpen && folder.success ? folder.data : found.mapping.device;
    return { ...file, mapping: { ...found.mapping, device } };
  }

  /** The one saved last where there are several. */
  private find(file: string): Bound | undefined {
    return this.bound.find(({ files }) => path.posix.matchesGlob(file, files));
  }
}
