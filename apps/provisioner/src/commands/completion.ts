import { Argument, type Command } from 'commander';
import { bashCompletion } from '../completion/bash-completion.js';
import { describeProgram, type DescribedCommand } from '../completion/described-program.js';
import { fishCompletion } from '../completion/fish-completion.js';
import { zshCompletion } from '../completion/zsh-completion.js';
import { shared, type Context, type Register, type SharedOptions } from './context.js';

const scripts = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} satisfies Record<string, (commands: readonly DescribedCommand[]) => string>;

type Shell = keyof typeof scripts;

export const registerCompletion: Register = (program: Command, start) => {
  const command = program
    .command('completion')
    .summary('print a completion script for a shell')
    .description(
      'Prints a script with which the shell completes commands, options and the codes of tenants. It says in its first line where it belongs.',
    )
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(scripts)));
  const print = ({ output }: Context, _options: SharedOptions, shell: Shell): Promise<number> => {
    const script = scripts[shell](describeProgram(program));
    output.result({ shell, script }, script.trimEnd());
    return Promise.resolve(0);
  };
  shared(command, ['completion bash > /etc/bash_completion.d/wattfleet', 'completion fish | source']).action(
    start(print),
  );
};
