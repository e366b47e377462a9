import { diagnoseHost, hostChecks } from '../checks/diagnose-host.js';
import { hasErrors } from '../checks/finding.js';
import { countFindings, countsText, showFindings } from '../checks/show-findings.js';
import { shared, type Context, type Register, type SharedOptions } from './context.js';

export const registerDoctor: Register = (program, start) => {
  const command = program
    .command('doctor')
    .summary('look whether this host is fit for its tenants')
    .description(
      'Looks at what all tenants of this host need, and says what to do about what is wrong. Changes ' +
        'nothing. Exits with 1 for errors; warnings alone are no failure. verify looks at tenants. Checks:' +
        `\n${hostChecks.map(({ id, title }) => `  ${id.padEnd(10)} ${title}`).join('\n')}`,
    );
  shared(command, ['doctor', 'doctor --root /srv/portal --json']).action(start(doctor));
};

async function doctor(context: Context, _options: SharedOptions): Promise<number> {
  const { output } = context;
  output.event({ event: 'start', version: 1, command: 'doctor' });
  const findings = await diagnoseHost(context);
  showFindings(output, null, findings, false);
  const counts = countFindings(findings);
  output.event({ event: 'end', ...counts });
  output.text(`${countsText(counts)}.`);
  return hasErrors(findings) ? 1 : 0;
}
