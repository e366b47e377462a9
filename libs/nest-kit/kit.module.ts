import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { ScheduleModule } from '@nestjs/schedule';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { ApplicationFacts } from './application-facts.js';
import { HealthController } from './health/health.controller.js';
import { ReadinessDetails } from './health/readiness-details.js';
import { loggerOptions } from './logging.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { PoolMetrics } from './metrics/pool-metrics.js';
import { ProblemFilter } from './problem.filter.js';
import { RouteTable } from './routes/route-table.js';
import type { ServerSettings } from './settings.js';
import { AccountDirectory } from './sign-in/account-directory.js';
import { ApiTokenGuard } from './sign-in/api-token.guard.js';
import { PasswordAttempts } from './sign-in/attempts.js';
import { OriginGuard } from './sign-in/origin.guard.js';
import { OwnSessionsController } from './sign-in/own-sessions.controller.js';
import { PasswordRules } from './sign-in/password-rules.js';
import { PasswordStrategy } from './sign-in/password.strategy.js';
import { RoleGuard, type AccessRules } from './sign-in/role.guard.js';
import { SessionEvents } from './sign-in/session-events.js';
import { SessionController } from './sign-in/session.controller.js';
import { SessionGuard } from './sign-in/session.guard.js';
import { Sessions } from './sign-in/sessions.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { ACCESS_RULES, METRICS_REGISTRY, SERVER_SETTINGS } from './tokens.js';

/** What both apps share: problems, logs, health, metrics, sign-in and sessions. */
@Module({})
export class KitModule {
  static register(settings: ServerSettings, access: AccessRules = {}): DynamicModule {
    const registry = new Registry();
    registry.setDefaultLabels({ app: settings.appName });
    collectDefaultMetrics({ register: registry });
    return {
      module: KitModule,
      global: true,
      imports: [
        LoggerModule.forRoot(loggerOptions(settings)),
        ScheduleModule.forRoot(),
        TerminusModule.forRoot({ errorLogStyle: 'json' }),
        PassportModule,
        DiscoveryModule,
      ],
      controllers: [HealthController, MetricsController, SessionController, OwnSessionsController],
      providers: [
        { provide: SERVER_SETTINGS, useValue: settings },
        { provide: ACCESS_RULES, useValue: access },
        { provide: METRICS_REGISTRY, useValue: registry },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: ApiTokenGuard },
        { provide: APP_GUARD, useClass: OriginGuard },
        { provide: APP_GUARD, useClass: SessionGuard },
        { provide: APP_GUARD, useClass: RoleGuard },
        ApplicationFacts,
        ReadinessDetails,
        SignInService,
        Sessions,
        AccountDirectory,
        PasswordRules,
        SessionEvents,
        PasswordAttempts,
        PoolMetrics,
        PasswordStrategy,
        RouteTable,
      ],
      exports: [
        SERVER_SETTINGS,
        METRICS_REGISTRY,
        ApplicationFacts,
        ReadinessDetails,
        SignInService,
        Sessions,
        AccountDirectory,
        PasswordRules,
        SessionEvents,
        RouteTable,
      ],
    };
  }
}
