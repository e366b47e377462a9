import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { CodedError } from '#libs/errors';
import { packageRoot } from '#libs/nest-kit';
import { DashboardFolder } from './dashboard-folder.js';
import { selectDashboardSites } from './dashboards.queries.js';
import { siteDashboardFiles, type DashboardTemplate } from './site-dashboard.js';

/** Sites also appear by imports, by other portals of the database and by the command line, which tell nobody. */
const intervalMs = 10_000;

const templateFile = path.join(packageRoot, 'provisioning/grafana/site-dashboard.json');

/**
 * Keeps one dashboard per site where Grafana reads them: compares sites with files at the start, after each change that is
 * made here, and on a schedule. A folder that cannot be written is told of and tried again; the portal goes on.
 */
@Injectable()
export class SiteDashboards implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Dashboards');
  private running: Promise<void> | undefined;
  private isWoken = false;
  private isStopped = false;
  private template: DashboardTemplate | undefined;

  /** Why dashboards may be missing, for everybody who may see them; undefined when all are as they should be. */
  problem: CodedError | undefined;
  private said: string | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly folder: DashboardFolder,
    private readonly scheduler: SchedulerRegistry,
  ) {}

  onApplicationBootstrap(): void {
    if (this.folder.path === undefined) return;
    this.scheduler.addInterval(
      'dashboards',
      setInterval(() => this.wake(), intervalMs),
    );
    this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  /** Looks now, or once more when the look that runs has ended. */
  wake(): void {
    if (this.folder.path === undefined || this.isStopped) return;
    this.isWoken = true;
    this.running ??= this.work().finally(() => {
      this.running = undefined;
    });
  }

  /** Resolves when nothing is left to be looked at. */
  async settled(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private async work(): Promise<void> {
    while (this.isWoken && !this.isStopped) {
      this.isWoken = false;
      try {
        await this.look();
        this.problem = this.said = undefined;
      } catch (error) {
        this.tell(error);
      }
    }
  }

  private async look(): Promise<void> {
    const template = (this.template ??= JSON.parse(
      await readFile(templateFile, 'utf8'),
    ) as DashboardTemplate);
    const changed = await this.folder.bring(async () =>
      siteDashboardFiles(template, await selectDashboardSites(this.dataSource)),
    );
    if (changed.written + changed.removed > 0)
      this.logger.log(changed, 'Dashboards of sites brought up to date');
  }

  /** Once: the same again every ten seconds would bury all else. */
  private tell(error: unknown): void {
    const said = error instanceof Error ? error.message : String(error);
    if (said === this.said) return;
    this.said = said;
    // What a database or a file system says in its own words is for the log alone.
    this.problem =
      error instanceof CodedError ? error : new CodedError('DASHBOARDS_UNWRITABLE', { cause: error });
    const { remedy } = this.problem.entry;
    this.logger.warn({ err: error, remedy }, 'Dashboards of sites are not up to date');
  }
}
