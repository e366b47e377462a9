import type { InputProblem } from '#libs/errors';
import { variable, type Secret, type Values } from '#libs/config';

/** The variables that both apps share. Each app sets the default port of its own. */
export const serverVariables = {
  NODE_ENV: variable.oneOf('production', 'development')('`production` refuses weak settings.', {
    default: 'production',
  }),
  HOST: variable.text('Address to listen on.', { default: '127.0.0.1' }),
  PUBLIC_URL: variable.url('Address under which browsers reach the app; with https, cookies are Secure.', {
    example: 'https://abc0001.portal.example.com',
  }),
  TRUST_PROXY: variable.flag('Believe X-Forwarded-* headers: true only behind Traefik.', {
    default: 'false',
  }),
  LOG_LEVEL: variable.oneOf(
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  )('Least level that is logged.', {
    default: 'info',
  }),
  SESSION_SECRET: variable.secret(32, 'Signs the session cookie.'),
  SESSION_SECRET_PREVIOUS: variable.secret(
    32,
    'The SESSION_SECRET before this one: cookies that it has signed are still believed.',
    { optional: true },
  ),
  SESSION_HOURS: variable.integer(1, 24 * 90)('Hours after which a session ends.', { default: '168' }),
  SESSION_IDLE_HOURS: variable.integer(1, 24 * 90)('Hours without a request after which a session ends.', {
    default: '24',
  }),
  DEFAULT_ADMIN_EMAIL: variable.email('E-mail of the first account, made when there is none.'),
  DEFAULT_ADMIN_PASSWORD: variable.secret(1, 'Password of the first account.'),
};

export interface ServerSettings {
  /** `portal` or `admin`: names logs, metrics and the folder of the web app. */
  appName: string;
  production: boolean;
  host: string;
  port: number;
  publicUrl: URL;
  trustProxy: boolean;
  logLevel: string;
  applicationName: string;
  /** `secrets`: the first signs, all of them are believed. */
  session: { secrets: [Secret, ...Secret[]]; hours: number; idleHours: number };
  defaultAdmin: { email: string; password: Secret };
}

type ServerValues = Values<typeof serverVariables>;

export function serverSettings(
  values: ServerValues,
  own: { appName: string; port: number; applicationName: string },
): ServerSettings {
  return {
    ...own,
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    trustProxy: values.TRUST_PROXY,
    logLevel: values.LOG_LEVEL,
    session: {
      secrets: [values.SESSION_SECRET, ...optional(values.SESSION_SECRET_PREVIOUS)],
      hours: values.SESSION_HOURS,
      idleHours: values.SESSION_IDLE_HOURS,
    },
    defaultAdmin: { email: values.DEFAULT_ADMIN_EMAIL, password: values.DEFAULT_ADMIN_PASSWORD },
  };
}

function optional<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

/** In production the first account must not have a password that somebody guesses. */
export function checkServer(values: ServerValues): InputProblem[] {
  if (values.NODE_ENV !== 'production') return [];
  const reason = weakness(values.DEFAULT_ADMIN_PASSWORD.reveal());
  return reason === undefined ? [] : [{ path: 'DEFAULT_ADMIN_PASSWORD', message: reason }];
}

function weakness(password: string): string | undefined {
  if (password.length < 12) return 'must have at least 12 characters in production';
  if (new Set(password).size < 6) return 'repeats too few characters';
  if (/password|passwort|motdepasse|changeme|123456|qwerty|letmein|wattfleet/i.test(password)) {
    return 'contains a word that every guesser tries first';
  }
  return undefined;
}
