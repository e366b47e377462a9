import { provisionerVariables } from './provisioner.config.js';

/** What `wattfleet --help` begins with. */
export const guide =
  'Renders and keeps the stacks of tenants: portal, TimescaleDB and Grafana of one customer each.\n\n' +
  'A tenant is a folder below the root. tenant.yaml is yours; .env and compose.yaml follow from it. The ' +
  'way of a tenant: create it, plan and apply what you edit in tenant.yaml, up to start it or to bring ' +
  'it after its files, verify to see that all of it works, update and backup while it lives, decommission at its ' +
  'end.';

const variables = Object.entries(provisionerVariables).map(
  ([name, { doc }]) => `  ${name.padEnd(27)} ${doc.replaceAll('`', '')}`,
);

/** What it ends with. */
export const reference = `
Tenants are named by their codes, by --all, or by --selector key=value (labels of tenant.yaml).
Every command takes --root, --json and --quiet; data goes to standard output, all else to standard error.
Commands that change many tenants take --canary, --parallel, --fail-fast and --resume. Ctrl-C stops them at the next
safe point; they say what remains, and --resume goes on with it. A second Ctrl-C stops at once.
A tenant is locked while something changes it; \`audit\` says who did what.

Exit codes:
  0   done
  1   failed, or found errors
  2   changes pending (plan --detailed-exitcode)
  3   some tenants failed or remain
  64  wrong command line

Environment:
${variables.join('\n')}

wattfleet COMMAND --help tells more, with examples.`;
