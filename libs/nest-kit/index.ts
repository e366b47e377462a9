export { alertingProviders } from './alerting/alerting-providers.js';
export type { AlertEvaluation, Alerting } from './alerting/alerting.js';
export {
  alertSettings,
  alertVariables,
  checkAlerts,
  type AlertSettings,
} from './alerting/alerting.config.js';
export { AlertMetrics } from './alerting/alert-metrics.js';
export { DestinationsService } from './alerting/destinations.service.js';
export { EmailSender } from './alerting/email-sender.js';
export { EvaluationLog, type EvaluationTime } from './alerting/evaluation-log.js';
export { NoticeDelivery } from './alerting/notice-delivery.js';
export { NoticeStore } from './alerting/notice-store.js';
export { ALERTING } from './alerting/tokens.js';
export { WebhookSender } from './alerting/webhook-sender.js';
export { startApp } from './app.js';
export { collectBody } from './collect-body.js';
export { ApplicationFacts } from './application-facts.js';
export { appCommandLine, runCommandLine } from './command-line.js';
export { DatabaseModule } from './database.module.js';
export { ReadinessDetails } from './health/readiness-details.js';
export { KitModule } from './kit.module.js';
export { parse } from './parse.pipe.js';
export { Describe } from './routes/describe.decorator.js';
export { RouteTable, type Route } from './routes/route-table.js';
export { checkServer, serverSettings, serverVariables, type ServerSettings } from './settings.js';
export { createSecretToken, hashSecretToken, secretTokenKind, secretTokenPrefix } from './secret-token.js';
export { Account, type AccountRole } from './sign-in/account.entity.js';
export { AccountDirectory } from './sign-in/account-directory.js';
export type { AccountSummary } from './sign-in/accounts.queries.js';
export { CurrentActor, type Actor } from './sign-in/actor.decorator.js';
export type { ApiTokens, ValidToken } from './sign-in/api-token.guard.js';
export { PasswordRules } from './sign-in/password-rules.js';
export { hashPassword, temporaryPassword } from './sign-in/passwords.js';
export { setPassword } from './sign-in/set-password.js';
export { Public } from './sign-in/public.decorator.js';
export { Roles } from './sign-in/roles.decorator.js';
export { Scopes } from './sign-in/scopes.decorator.js';
export { SessionEvents, type SessionEvent } from './sign-in/session-events.js';
export { Sessions } from './sign-in/sessions.js';
export { API_TOKENS, DATABASE, METRICS_REGISTRY } from './tokens.js';
export { packageRoot, version } from './version.js';
