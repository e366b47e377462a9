import type { Command } from 'commander';

/** A command line as a shell completes it. */
export interface DescribedCommand {
  /** Words that lead to it: empty for the program, `backup list` for a command of a command. */
  path: string;
  summary: string;
  /** Commands behind it. */
  commands: { name: string; summary: string }[];
  options: DescribedOption[];
  /** What its arguments may be. */
  words: readonly string[];
  /** Codes of tenants that are there may be among them. */
  codes: boolean;
}

export interface DescribedOption {
  /** `--root`. */
  long: string;
  summary: string;
  value: 'none' | 'file' | 'folder' | 'other';
}

/** The program and all its commands, the program first. */
export function describeProgram(program: Command, path = ''): DescribedCommand[] {
  const own: DescribedCommand = {
    path,
    summary: program.summary(),
    commands: program.commands.map((command) => ({ name: command.name(), summary: command.summary() })),
    options: [
      ...program.options.map(({ long, flags, description }) => {
        return { long: long ?? '', summary: description, value: valueOf(flags) };
      }),
      { long: '--help', summary: 'show what it does, with examples', value: 'none' as const },
    ],
    words: program.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    // The code of a tenant to be made is not there yet.
    codes:
      program.name() !== 'create' && program.registeredArguments.some((one) => /^codes?$/.test(one.name())),
  };
  const below = program.commands.flatMap((command) =>
    describeProgram(command, `${path} ${command.name()}`.trim()),
  );
  return [own, ...below];
}

function valueOf(flags: string): DescribedOption['value'] {
  const value = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
  if (value === undefined) return 'none';
  if (/^(file|store|archive)/.test(value)) return 'file';
  return /^(dir|folder)/.test(value) ? 'folder' : 'other';
}
