import { createInterface } from 'node:readline/promises';
import { CodedError } from '#libs/errors';
import type { Context, SharedOptions } from './context.js';

export interface ConfirmOptions extends SharedOptions {
  yes?: true;
  confirm?: string;
  /** False with `--no-input`. */
  input: boolean;
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
  if (yes && given !== undefined) return assertWord(given, word);
  const isTerminal = (context.stdin as { isTTY?: boolean }).isTTY === true;
  if (!input || !isTerminal) {
    const problems = [
      { path: option, message: `is needed with --yes where nobody is asked: --yes ${option} ${word}` },
    ];
    throw new CodedError('USAGE', { problems });
  }
  context.output.note(question);
  assertWord(await readLine(context.stdin), word);
}

async function readLine(stdin: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: stdin });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
  }
}

function assertWord(typed: string, word: string): void {
  if (typed !== word)
    throw new CodedError('CONFIRMATION_WRONG', { detail: `it is ${word}; nothing was changed` });
}
