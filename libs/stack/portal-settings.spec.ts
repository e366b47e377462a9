import { describe, expect, it } from 'vitest';
import { alertProblems } from './portal-settings.js';
import { parseTenantSpec } from './parse-tenant-spec.js';
import { alertSecrets, secrets, yamlOf } from './stack.fixtures.js';

const mailing = yamlOf('alerts: {emailFrom: alerts@example.com}');
const problemsOf = (yaml: string, given: object) =>
  alertProblems(parseTenantSpec(yaml), { ...secrets, ...given });

describe('alertProblems', () => {
  it.each([
    ['nothing about alerts', yamlOf(), {}],
    ['a sender and a server', mailing, alertSecrets],
    ['a server alone, which is not used', yamlOf(), alertSecrets],
  ])('has nothing against %s', (_, yaml, given) => {
    expect(problemsOf(yaml, given)).toEqual([]);
  });

  it.each([
    ['alerts.emailFrom', {}],
    ['.env SMTP_URL', { SMTP_URL: 'mail.example.com:587' }],
    ['.env SMTP_URL', { SMTP_URL: 'https://user:hunter2@mail.example.com' }],
    ['.env ALERT_WEBHOOK_SECRET', { ...alertSecrets, ALERT_WEBHOOK_SECRET: 'hunter2' }],
  ])('names %s, and no value: %j', (path, given) => {
    const problems = problemsOf(mailing, given);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});
