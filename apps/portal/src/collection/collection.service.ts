import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import type { ImportSource } from '#libs/contracts';
import { catalogue, CodedError, type ErrorCode } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { PusherService } from '../fleet-push/pusher.service.js';
import { ImportsService } from '../imports/imports.service.js';
import { MappingsService } from '../imports/mappings.service.js';
import { SourceHealth } from '../imports/source-health.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { selectStates, type SourceState } from './collection-state.queries.js';
import { Collector, type PassRequest } from './collector.js';
import { FileSources } from './file-sources.js';
import type { SourceKind } from './file-store.js';
import { SourceWatch } from './source-watch.js';

/** What people call them in alerts. */
const sourceNames: Readonly<Record<SourceKind, string>> = { folder: 'import folder', sftp: 'SFTP server' };

/** Hooks that come within this time are one. */
const hookMs = 1_000;

/** Collects meter files from every source: by the clock, when a server says so, and when somebody wants it now. */
@Injectable()
export class CollectionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly watches: SourceWatch[];

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly scheduler: SchedulerRegistry,
    private readonly sources: FileSources,
    private readonly imports: ImportsService,
    private readonly mappings: MappingsService,
    private readonly pusher: PusherService,
    private readonly audit: AuditService,
    private readonly health: SourceHealth,
  ) {
    this.watches = sources.kinds.map((kind) => this.watch(kind));
  }

  onApplicationBootstrap(): void {
    const { intervalSeconds } = this.settings.import;
    for (const watch of this.watches) {
      const interval = setInterval(() => watch.wake('schedule'), intervalSeconds * 1_000);
      this.scheduler.addInterval(`collection-${watch.kind}`, interval);
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.watches.map((watch) => watch.stop()));
  }

  /**
   * Looks at every source now and answers when a run has begun; what is wrong with one does not keep the others from being read.
   * @throws CodedError IMPORT_FOLDER_MISSING, IMPORT_RUNNING, and when no source can be read
   */
  async start(actor: Actor): Promise<{ runId: string }> {
    if (this.watches.length === 0) throw new CodedError('IMPORT_FOLDER_MISSING');
    const results = await Promise.allSettled(
      this.watches.map((watch) => watch.collectNow(this.request(actor, watch.kind))),
    );
    const begun = results.find((result) => result.status === 'fulfilled');
    if (begun !== undefined) return begun.value;
    throw results.find((result) => result.status === 'rejected')?.reason;
  }

  /** A server says that something has come. */
  wake(): void {
    for (const watch of this.watches) watch.wakeIn(hookMs, 'hook');
  }

  async list(): Promise<ImportSource[]> {
    const states = await selectStates(this.dataSource);
    return this.watches.map((watch) =>
      this.describe(
        watch,
        states.find(({ source }) => source === watch.kind),
      ),
    );
  }

  private watch(kind: SourceKind): SourceWatch {
    const { settleSeconds, timeZone } = this.settings.import;
    const settleMs = settleSeconds * 1_000;
    const collector = new Collector(this.dataSource, this.imports, this.mappings, {
      settleMs,
      timeZone,
      signal: this.stopping.signal,
      onChange: () => this.pusher.wake(),
      onWell: () => this.health.note(sourceNames[kind], null),
    });
    return new SourceWatch(kind, {
      dataSource: this.dataSource,
      address: this.settings.database,
      collector,
      open: () => this.sources.open(kind),
      onFailure: (message) => this.health.note(sourceNames[kind], message),
      againMs: Math.max(settleMs, hookMs),
    });
  }

  private request(actor: Actor, kind: SourceKind): PassRequest {
    return {
      trigger: 'manual',
      account: actor.account,
      onBegin: (manager) => {
        const summary = `Started an import of ${kind === 'folder' ? 'the folder' : 'the SFTP server'}`;
        return this.audit.record(manager, { ...actor, action: 'import.started', summary });
      },
    };
  }

  private describe(watch: SourceWatch, state: SourceState | undefined): ImportSource {
    const { intervalSeconds } = this.settings.import;
    const lookedAt = state?.lookedAt ?? null;
    const next = lookedAt === null ? null : new Date(lookedAt.getTime() + intervalSeconds * 1_000);
    return {
      kind: watch.kind,
      location: this.sources.open(watch.kind).location,
      busy: watch.isBusy,
      lookedAt: lookedAt?.toISOString() ?? null,
      nextLookAt: next?.toISOString() ?? null,
      waiting: state?.waiting ?? 0,
      stuckFiles: state?.stuckFiles ?? 0,
      stuckReason: state?.stuckReason ?? null,
      problems: state?.problems ?? [],
      problemCount: state?.problemCount ?? 0,
      error: errorOf(state),
    };
  }
}

function errorOf(state: SourceState | undefined): ImportSource['error'] {
  const { errorCode: code = null, errorMessage: message = null, errorAt: at = null } = state ?? {};
  if (code === null || message === null || at === null) return null;
  const remedy = Object.hasOwn(catalogue, code) ? catalogue[code as ErrorCode].remedy : '';
  return { code, message, remedy, at: at.toISOString() };
}
