import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { CodedError } from '#libs/errors';
import type { Context } from './context.js';

export interface ConfirmOptions {
  yes?: true;
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
export function canAsk({ stdin, output }: Context, { input }: ConfirmOptions): boolean {
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
