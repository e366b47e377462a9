import type { DescribedCommand } from './described-program.js';

/** A completion script for zsh. */
export function zshCompletion(commands: readonly DescribedCommand[]): string {
  const cases = commands.map(({ path, commands: below, options, words, codes }) => {
    const listed = [
      ...below.map(({ name, summary }) => described(name, summary)),
      ...words.map((word) => described(word, '')),
    ];
    const flags = options.map(({ long, summary }) => described(long, summary));
    return `    '${path}')
      flags=(${flags.join(' ')})
      listed=(${listed.join(' ')})
      ${codes ? 'listed+=(${(f)"$(_wattfleet_codes)"})' : ':'}
      ;;`;
  });
  const paths = commands.map(({ path }) => `'${path}'`).join(' | ');
  const all = commands.flatMap(({ options }) => options);
  const taking = [...new Set(all.filter(({ value }) => value !== 'none').map(({ long }) => long))].join(
    ' | ',
  );
  return `#compdef wattfleet
# Completion of wattfleet for zsh. Once, into a folder of $fpath: wattfleet completion zsh > _wattfleet
_wattfleet_codes() {
  local at=\${words[(i)--root]}
  local -a root
  ((at < CURRENT)) && root=(--root "\${words[at + 1]}")
  "\${words[1]}" list --codes $root 2>/dev/null
}
_wattfleet() {
  local place= i
  local -a flags listed
  for ((i = 2; i < CURRENT; i++)); do
    case "\${place:+$place }\${words[i]}" in
      ${paths}) place="\${place:+$place }\${words[i]}" ;;
    esac
  done
  case \${words[CURRENT - 1]} in
    ${taking}) _files; return ;;
  esac
  case $place in
${cases.join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then _describe -o option flags; else _describe argument listed; fi
}
# Loaded by its first use, this file is that use; else it was sourced.
if [[ \${funcstack[1]} == _wattfleet ]]; then _wattfleet "$@"; else compdef _wattfleet wattfleet; fi
`;
}

/** `name:summary` in single quotes, as `_describe` takes it. */
function described(name: string, summary: string): string {
  const text = summary === '' ? name : `${name}:${summary}`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
