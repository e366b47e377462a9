import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { CodedError } from '#libs/errors';
import type { Context, SharedOptions } from './context.js';

export interface ConfirmOptions extends SharedOptions {
  yes?: true;
  confirm?: string;
  /** False with `--no-input`. */
  input: boolean;
}

/** Options of a command that may ask before it does what cannot be undone. */
export function confirming(command: Command): Command {
  return command
    .option('--yes', 'do not ask: what is lost is known')
    .option('--no-input', 'never ask; what needs a yes fails instead');
}

/** Whether somebody is there to be asked. */
export function canAsk({ stdin, output }: Context, { input }: Pick<ConfirmOptions, 'input'>): boolean {
  return input && output.isLive && 'isTTY' in stdin && stdin.isTTY === true;
}

/**
 * Asks on the terminal for a phrase to be typed.
 * @param question what is about to happen, for people
 * @throws CodedError CONFIRMATION_WRONG when something else is typed
 */
export async function askFor(
  { stdin, output }: Context,
  { question, phrase }: { question: string; phrase: string },
): Promise<void> {
  output.note(question);
  const lines = createInterface({ input: stdin });
  try {
    output.note(`Type ${phrase} to go on:`);
    const { value } = await lines[Symbol.asyncIterator]().next();
    if (value === phrase) return;
    throw new CodedError('CONFIRMATION_WRONG', { detail: `${phrase} was not typed; nothing was changed` });
  } finally {
    lines.close();
  }
}

/** What somebody has to type, and the option that says it where nobody can be asked. */
export interface Confirmation {
  question: string;
  word: string;
  option: string;
  given: string | undefined;
}

/**
 * Goes on only when somebody has typed the word: at the terminal, or in an option together with `--yes`.
 * @throws CodedError CONFIRMATION_WRONG, USAGE where nobody can be asked
 */
export async function confirmTyped(
  context: Context,
  { yes, input }: Pick<ConfirmOptions, 'yes' | 'input'>,
  { question, word, option, given }: Confirmation,
): Promise<void> {
  if (yes && given !== undefined) {
    if (given === word) return;
    throw new CodedError('CONFIRMATION_WRONG', { detail: `${option} must be ${word}; nothing was changed` });
  }
  if (!canAsk(context, { input })) {
    const message = `is needed with --yes where nobody is asked: --yes ${option} ${word}`;
    throw new CodedError('USAGE', { problems: [{ path: option, message }] });
  }
  await askFor(context, { question, phrase: word });
}
