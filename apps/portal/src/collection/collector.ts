import type { DataSource, EntityManager } from 'typeorm';
import type { ImportReport, ImportTrigger } from '#libs/contracts';
import type { ImportsService } from '../imports/imports.service.js';
import type { MappingsService } from '../imports/mappings.service.js';
import { isUnreadable } from '../imports/store-file.js';
import { saveLook, type Look } from './collection-state.queries.js';
import type { FileSource } from './file-source.js';
import { sameStamp, type FileStamp } from './file-store.js';
import type { Listing } from './look.js';
import { findFresh, moveKnown, settle } from './pass.js';
import { registerSiteFolders } from './site-folders.js';
import type { WaitingFile } from './waiting-file.js';

/** Why a source is looked at, and by whom. */
export interface PassRequest {
  trigger: ImportTrigger;
  account?: string;
  /** Recorded in the transaction that records the run; somebody waits for a run then, also without files. */
  onBegin?: (manager: EntityManager) => Promise<void>;
  onBegun?: (runId: string) => void;
}

export interface CollectorOptions {
  settleMs: number;
  timeZone: string;
  signal: AbortSignal;
  /** A site or rows have been written. */
  onChange: () => void;
  /** The source could be read, and what was found there imported. */
  onWell: () => Promise<void>;
}

/** Most files of one run: its report is held in memory. */
const filesAtOnce = 1_000;

/** Files that cannot be read and are named. */
const shownResting = 20;

/** How long a file that cannot be read is left alone, unless it changes. */
const restMs = 10 * 60_000;

/** Looks at one source and imports what is new there. */
export class Collector {
  /** Files that could not be read, as they were then. */
  private readonly resting = new Map<string, FileStamp & { until: number }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly imports: ImportsService,
    private readonly mappings: MappingsService,
    private readonly options: CollectorOptions,
  ) {}

  /**
   * One pass.
   * @returns whether another look soon makes sense, because files are still being sent
   * @throws CodedError when the source is out of reach
   */
  async pass(source: FileSource, request: PassRequest): Promise<boolean> {
    const { settleMs, signal } = this.options;
    const bindings = await this.mappings.bindings();
    const listing = await source.look(bindings);
    const { known, fresh } = await findFresh(this.dataSource, source, listing.files, bindings);
    const stuck = await moveKnown(this.dataSource, source, known);
    const waiting = fresh.filter((file) => !this.isResting(file));
    const look: Look = { ...this.withResting(listing, fresh), ...stuck, waiting: fresh.length };
    await saveLook(this.dataSource, source.kind, look);
    const { files, unsettled } = await settle(source, waiting, settleMs, signal);
    await this.importAll(source, files, request);
    // After the files, which know more of their sites than the name of a folder says.
    await this.registerSites(source, listing.siteFolders);
    if (files.length > 0) {
      await saveLook(this.dataSource, source.kind, { ...look, waiting: fresh.length - files.length });
    }
    await this.options.onWell();
    return unsettled > 0;
  }

  /** A run without files would only fill the list of runs, unless somebody waits for it. */
  private async importAll(
    source: FileSource,
    files: readonly WaitingFile[],
    request: PassRequest,
  ): Promise<void> {
    const runs = Math.max(Math.ceil(files.length / filesAtOnce), request.onBegun === undefined ? 0 : 1);
    for (let run = 0; run < runs && !this.imports.isStopping(); run += 1) {
      const part = files.slice(run * filesAtOnce, (run + 1) * filesAtOnce);
      // What is said of the start is said once.
      const { trigger, account, ...start } = request;
      const said = run === 0 ? start : {};
      await this.importPart(source, part, { trigger, ...(account !== undefined && { account }), ...said });
    }
  }

  private async importPart(
    source: FileSource,
    files: readonly WaitingFile[],
    { trigger, account, onBegin, onBegun }: PassRequest,
  ): Promise<void> {
    const { runId, ended } = await this.imports.startNext({
      trigger,
      source,
      files,
      ...(account !== undefined && { account }),
      ...(onBegin !== undefined && { onBegin }),
      onDone: (report) => this.restUnreadable(files, report),
    });
    onBegun?.(runId);
    await ended;
    // The next part may take long: nobody should be told until then that the source fails.
    await this.options.onWell();
  }

  private async registerSites(source: FileSource, names: readonly string[]): Promise<void> {
    const { timeZone, onChange } = this.options;
    const created = await registerSiteFolders(this.dataSource, source.kind, names, timeZone);
    if (created.length > 0) onChange();
  }

  private async restUnreadable(
    files: readonly WaitingFile[],
    { files: reports }: ImportReport,
  ): Promise<void> {
    const now = Date.now();
    for (const [path, { until }] of this.resting) if (until < now) this.resting.delete(path);
    for (const [index, report] of reports.entries()) {
      const file = files[index];
      if (file === undefined || !isUnreadable(report)) continue;
      const { path, bytes, modifiedMs = 0 } = file;
      this.resting.set(path, { bytes, modifiedMs, until: now + restMs });
    }
  }

  /** A file that could not be read is as much a problem as a folder. */
  private withResting({ problems, problemCount }: Listing, files: readonly WaitingFile[]) {
    const resting = files.filter((file) => this.isResting(file));
    const named = resting.slice(0, shownResting).map(({ path }) => ({ path, reason: 'cannot be read' }));
    return { problems: [...problems, ...named], problemCount: problemCount + resting.length };
  }

  private isResting({ path, bytes, modifiedMs = 0 }: WaitingFile): boolean {
    const rest = this.resting.get(path);
    return rest !== undefined && rest.until > Date.now() && sameStamp(rest, { bytes, modifiedMs });
  }
}
