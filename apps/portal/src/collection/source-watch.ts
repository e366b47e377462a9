import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { ImportTrigger } from '#libs/contracts';
import type { DatabaseAddress } from '#libs/database';
import { CodedError } from '#libs/errors';
import { saveError } from './collection-state.queries.js';
import type { Collector, PassRequest } from './collector.js';
import { asOnlyCollector } from './collector-lock.js';
import type { FileSource } from './file-source.js';
import type { SourceKind } from './file-store.js';

interface WatchOptions {
  dataSource: DataSource;
  address: DatabaseAddress;
  collector: Collector;
  open: () => FileSource;
  /** Told why the source, or what came of it, cannot be read. */
  onFailure: (message: string) => Promise<void>;
  /** Until the next look while something is still being sent. */
  againMs: number;
}

/** How long somebody waits for the pass under way before the request is refused. */
const patienceMs = 5_000;

/** Sees to it that one pass at a time goes over a source, and that no call to look is lost. */
export class SourceWatch {
  private readonly logger = new Logger('Collection');
  private busy: Promise<void> | undefined;
  private source: FileSource | undefined;
  private wokenBy: ImportTrigger | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    readonly kind: SourceKind,
    private readonly options: WatchOptions,
  ) {}

  get isBusy(): boolean {
    return this.busy !== undefined;
  }

  /** Looks after a while; calls in between are one. */
  wakeIn(ms: number, trigger: ImportTrigger): void {
    if (this.timer !== undefined || this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.wake(trigger);
    }, ms);
    this.timer.unref();
  }

  /** Looks now, or once more after the pass under way. */
  wake(trigger: ImportTrigger): void {
    if (this.stopped) return;
    if (this.busy === undefined) this.start({ trigger }).catch((error: unknown) => this.log(error));
    // The clock comes again by itself.
    else if (trigger !== 'schedule') this.wokenBy = trigger;
  }

  /**
   * Looks now, and answers when a run has begun.
   * @throws CodedError IMPORT_RUNNING, and when the source is out of reach
   */
  async collectNow(request: PassRequest): Promise<{ runId: string }> {
    if (this.busy !== undefined) await Promise.race([this.busy.catch(() => undefined), passing(patienceMs)]);
    if (this.busy !== undefined || this.stopped) throw new CodedError('IMPORT_RUNNING');
    const begun = Promise.withResolvers<string>();
    this.start({ ...request, onBegun: begun.resolve }).then(
      () => begun.reject(new CodedError('IMPORT_RUNNING')),
      (error: unknown) => {
        this.log(error);
        begun.reject(error);
      },
    );
    return { runId: await begun.promise };
  }

  /** Ends what waits for a server at once; what is being imported is finished by the run. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.source?.interrupt();
    await this.busy?.catch(() => undefined);
  }

  private start(request: PassRequest): Promise<void> {
    this.wokenBy = undefined;
    this.busy = this.collect(request).finally(() => {
      this.busy = undefined;
      if (this.wokenBy !== undefined) this.wake(this.wokenBy);
    });
    return this.busy;
  }

  private async collect(request: PassRequest): Promise<void> {
    const { collector, againMs } = this.options;
    const source = this.options.open();
    this.source = source;
    try {
      const isDone = await asOnlyCollector(this.options, this.kind, async () => {
        if (await collector.pass(source, request)) this.wakeIn(againMs, request.trigger);
      });
      // Another portal's pass may have looked before the file came that this hook is about.
      if (!isDone && request.trigger === 'hook') this.wakeIn(againMs, 'hook');
    } catch (error) {
      if (!this.stopped) await this.saveFailure(error);
      throw error;
    } finally {
      this.source = undefined;
      await source.close();
    }
  }

  /** What the system says of a folder's path counts as well; a database that fails is no failure of the source. */
  private async saveFailure(error: unknown): Promise<void> {
    const { dataSource, onFailure } = this.options;
    if (error instanceof CodedError) await saveError(dataSource, this.kind, error);
    const isOfSource = error instanceof CodedError || (error instanceof Error && 'path' in error);
    if (isOfSource) await onFailure(error.message);
  }

  private log(error: unknown): void {
    if (this.stopped) return;
    this.logger.error({ err: error, source: this.kind }, 'Meter files cannot be collected');
  }
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
