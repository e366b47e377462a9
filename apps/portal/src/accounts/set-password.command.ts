import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { Secret, type Environment } from '#libs/config';
import { CodedError } from '#libs/errors';
import { hashPassword, SessionEvents, setPassword } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { openPortalDatabase } from '../portal.database.js';
import { readDatabaseSettings } from '../portal.config.js';

interface Flags {
  email: string;
  stdin: true;
}

const shortest = 12;
const examples = `
Examples:
  $ npm run -s portal -- set-password --email admin@example.com --stdin < password.txt
  $ docker compose exec -T portal node dist/apps/portal/src/main.js set-password --email admin@example.com --stdin

The password is a temporary one: who signs in with it is asked for another. The sessions of the account end.`;

/** Adds `set-password` to the portal's command line: the way in when nobody can sign in any more. */
export function addSetPasswordCommand(
  program: Command,
  environment: Environment,
  stdin: NodeJS.ReadableStream = process.stdin,
): void {
  program
    .command('set-password')
    .description('give an account a temporary password')
    .requiredOption('--email <address>', 'e-mail of the account')
    .requiredOption('--stdin', 'read the password from standard input: arguments are seen by every user')
    .addHelpText('after', examples)
    .action(async ({ email }: Flags) => {
      await giveTemporaryPassword(email.toLowerCase(), await readPassword(stdin), environment);
      process.stderr.write(`Set a temporary password for ${email}\n`);
    });
}

async function readPassword(stdin: NodeJS.ReadableStream): Promise<Secret> {
  const password = (await text(stdin)).replace(/\r?\n$/, '');
  if (password.length >= shortest && password.length <= 200) return new Secret(password);
  const message = `must have ${shortest} to 200 characters`;
  throw new CodedError('USAGE', { problems: [{ path: '--stdin', message }] });
}

async function giveTemporaryPassword(
  email: string,
  password: Secret,
  environment: Environment,
): Promise<void> {
  const hash = await hashPassword(password);
  const address = readDatabaseSettings(environment);
  const database = await openPortalDatabase(address, () => undefined);
  const audit = new AuditService(database.dataSource, new SessionEvents());
  try {
    await database.dataSource.transaction(async (manager) => {
      await setPassword(manager, email, { hash, mustChange: true });
      await audit.record(manager, {
        account: 'command line',
        action: 'account.password-set',
        subject: email,
        summary: `Set a temporary password for ${email} on the command line`,
      });
    });
  } finally {
    await database.close();
  }
}
