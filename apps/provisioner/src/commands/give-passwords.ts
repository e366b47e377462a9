import { appendFile, chmod } from 'node:fs/promises';
import type { Output } from '../output.js';
import type { GivenPassword } from '../rotate/rotation.js';

/** Brings new passwords to whom asked for them: into a file at once, onto standard output at the end, or nowhere. */
export function givePasswords(
  output: Output,
  { print, passwordFile }: { print?: true; passwordFile?: string },
): { give: (given: GivenPassword) => Promise<void>; show: () => void } {
  const given: GivenPassword[] = [];
  return {
    async give(one) {
      given.push(one);
      if (passwordFile === undefined) return;
      await appendFile(passwordFile, `${one.tenant}\t${one.email}\t${one.password}\n`, {
        mode: 0o600,
        flush: true,
      });
      await chmod(passwordFile, 0o600);
    },
    show() {
      if (given.length === 0) return;
      if (print) {
        const lines = given.map(({ tenant, email, password }) => `${tenant}  ${email}  ${password}`);
        output.result({ passwords: given }, lines.join('\n'));
      } else {
        const where = passwordFile ?? 'DEFAULT_ADMIN_PASSWORD in the .env of each tenant';
        output.note(`Temporary passwords: ${where}. Who signs in with one chooses another.`);
      }
    },
  };
}
