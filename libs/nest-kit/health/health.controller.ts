import { Controller, Get, Header } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { Public } from '../sign-in/public.decorator.js';
import { ReadinessDetails } from './readiness-details.js';

/** `GET /health`: the process answers. `GET /health/ready`: it can do its work. */
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly dataSource: DataSource,
    private readonly details: ReadinessDetails,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Answers 503 while the database does not answer; a lesser part that is not well makes it `degraded`. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  ready(): Promise<HealthCheckResult> {
    const lesser = this.details.list().map(
      ([part, check]) =>
        () =>
          this.checkPart(part, check),
    );
    return this.health.check([() => this.checkDatabase(), ...lesser]);
  }

  private async checkDatabase() {
    const check = this.indicator.check('database');
    try {
      await this.dataSource.query('SELECT 1');
      return check.up();
    } catch {
      return check.down('the database does not answer');
    }
  }

  private async checkPart(part: string, findWrong: () => Promise<string | undefined>) {
    const check = this.indicator.check(part);
    const wrong = await findWrong().catch(() => 'it cannot be checked');
    return wrong === undefined ? check.up() : check.degraded(wrong);
  }
}
