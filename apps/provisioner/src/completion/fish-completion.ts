import type { DescribedCommand } from './described-program.js';

/** A completion script for fish. */
export function fishCompletion(commands: readonly DescribedCommand[]): string {
  const lines = commands.flatMap(({ path, commands: below, options, words, codes }) => {
    const at = condition(path, below);
    return [
      ...below.map(
        ({ name, summary }) => `complete -c wattfleet -n ${at} -a ${quoted(name)} -d ${quoted(summary)}`,
      ),
      ...(codes ? [`complete -c wattfleet -n ${at} -a '(_wattfleet_codes)' -d tenant`] : []),
      ...words.map((word) => `complete -c wattfleet -n ${at} -a ${quoted(word)}`),
      ...options.map(({ long, summary, value }) => {
        const takes = { none: '', file: ' -r -F', folder: ' -r -F', other: ' -x' }[value];
        return `complete -c wattfleet -n ${at} -l ${long.slice(2)}${takes} -d ${quoted(summary)}`;
      }),
    ];
  });
  return `# Completion of wattfleet for fish. Once: wattfleet completion fish > ~/.config/fish/completions/wattfleet.fish
function _wattfleet_codes
  set -l words (commandline -opc)
  set -l root
  for i in (seq (count $words))
    test "$words[$i]" = --root; and set root --root $words[(math $i + 1)]
  end
  $words[1] list --codes $root 2>/dev/null
end
complete -c wattfleet -f
${lines.join('\n')}
`;
}

/** True where the words of the path were typed, and none of a command behind it. */
function condition(path: string, below: DescribedCommand['commands']): string {
  const words = path === '' ? [] : path.split(' ');
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
  const unseen =
    below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.map(({ name }) => name).join(' ')}`];
  return quoted([...seen, ...unseen].join('; and ') || 'true');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
