import type { EntityManager } from 'typeorm';
import type { Actor } from '../sign-in/actor.decorator.js';
import type { AlertSettings } from './alerting.config.js';

/**
 * What differs between the alerts of one app and another's.
 * @typeParam Subject what an alert is about, as its notices say it
 */
export interface Alerting<Subject extends object = object> {
  settings: AlertSettings;
  /** Schema of the tables `alert`, `alert_destination`, `alert_notice` and `alert_evaluation`. */
  schema: string;
  kinds: readonly string[];
  /** SQL over `alert`: the `Subject` as JSON. */
  subject: string;
  /** Of a test notice. */
  noSubject: Subject;
  /** Who or what it is about, before the summary; undefined where it is about nobody. */
  heading(subject: Subject): string | undefined;
  /** Path of the page to look at. */
  page(subject: Subject): string;
  /** Path of the page of all alerts. */
  alertsPage: string;
}

/** Raises and resolves an app's alerts. */
export interface AlertEvaluation {
  /**
   * One pass. Alerts and their notices commit together.
   * @param longestPauseSeconds after a longer pause watching begins anew
   * @returns ids of what was raised and resolved; undefined when another process evaluates
   */
  evaluate(
    now: Date,
    longestPauseSeconds?: number,
  ): Promise<{ raised: string[]; resolved: string[] } | undefined>;
}

/** Where changes of destinations are recorded. */
export interface AlertAudit {
  record(
    manager: EntityManager,
    action: Actor & {
      action: `alert-destination.${'added' | 'edited' | 'removed' | 'tested'}`;
      summary: string;
    },
  ): Promise<void>;
}
