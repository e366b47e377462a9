import pMap from 'p-map';
import { hasErrors, type Finding } from '../checks/finding.js';
import { countFindings, countsText, showFindings } from '../checks/show-findings.js';
import { tenantChecks, verifyTenant } from '../checks/verify-tenant.js';
import type { ToldError } from '../output.js';
import { selectTenants } from '../tenants/select-tenants.js';
import {
  selecting,
  shared,
  wholeNumber,
  type Context,
  type Register,
  type SelectionOptions,
} from './context.js';

interface VerifyOptions extends SelectionOptions {
  parallel: number;
}

export const registerVerify: Register = (program, start) => {
  const command = program
    .command('verify')
    .summary('look whether tenants work, all the way through')
    .description(
      'Looks at everything that makes a tenant work, from its containers to its certificate, and says what ' +
        'to do about what is wrong. Changes nothing. For several tenants only what is wrong is shown. Exits ' +
        'with 1 for errors, with 3 when only some of the tenants have any; warnings alone are no failure. ' +
        'Checks:' +
        `\n${tenantChecks.map(({ id, title }) => `  ${id.padEnd(15)} ${title}`).join('\n')}`,
    );
  selecting(command).option('--parallel <n>', 'so many tenants at once', wholeNumber(1), 4);
  shared(command, ['verify ABC0001', 'verify --all --json']).action(start(verify));
};

async function verify(context: Context, options: VerifyOptions, codes: string[]): Promise<number> {
  const { config, output } = context;
  const { all, selector, parallel } = options;
  const slugs = await selectTenants(config, { codes, all, selector });
  output.event({ event: 'start', version: 1, command: 'verify', tenants: slugs.length });
  const counts = countFindings([]);
  let bad = 0;
  const show = (slug: string, findings: readonly Finding[], failure?: ToldError) => {
    if (failure !== undefined) {
      output.event({ event: 'failure', tenant: slug, error: failure });
      output.problem(slug, failure);
    }
    showFindings(output, slug, findings, slugs.length > 1);
    const own = countFindings(findings);
    for (const severity of ['ok', 'warning', 'error', 'skipped'] as const) counts[severity] += own[severity];
    if (failure !== undefined || hasErrors(findings)) bad += 1;
  };
  const looked = await pMap(
    context.signal.aborted ? [] : slugs,
    async (slug) => {
      if (context.signal.aborted) return false;
      try {
        const findings = await verifyTenant(context, slug, tenantChecks);
        show(slug, findings);
      } catch (cause) {
        show(slug, [], output.describe(cause));
      }
      return true;
    },
    { concurrency: parallel },
  );
  const left = slugs.length - looked.filter(Boolean).length;
  output.event({ event: 'end', ...counts, tenants: slugs.length, tenantsWithErrors: bad, remaining: left });
  output.text(
    `${slugs.length > 1 ? `${slugs.length - bad - left} of ${slugs.length} tenants have no errors; ` : ''}${countsText(counts)}.`,
  );
  if (left > 0) output.note(`Stopped: ${left} were not looked at.`);
  if (bad + left === 0) return 0;
  return bad + left === slugs.length ? 1 : 3;
}
