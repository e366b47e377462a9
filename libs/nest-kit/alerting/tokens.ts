/** Injection token of `Alerting`. */
export const ALERTING = Symbol('Alerting');
/** Injection token of `AlertEvaluation`. */
export const ALERT_EVALUATION = Symbol('AlertEvaluation');
/** Injection token of `AlertAudit`. */
export const ALERT_AUDIT = Symbol('AlertAudit');
