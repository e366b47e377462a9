import type { DescribedCommand, DescribedOption } from './described-program.js';

/** A completion script for bash. */
export function bashCompletion(commands: readonly DescribedCommand[]): string {
  const cases = commands.map(
    ({ path, commands: below, options, words, codes }) =>
      `    '${path}') commands='${below.map(({ name }) => name).join(' ')}' options='${options.map(({ long }) => long).join(' ')}' words='${[...words, ...(codes ? ['@codes'] : [])].join(' ')}' ;;`,
  );
  const paths = commands.map(({ path }) => `'${path}'`).join(' | ');
  const all = commands.flatMap(({ options }) => options);
  const ofKind = (value: DescribedOption['value']) =>
    [...new Set(all.filter((option) => option.value === value).map(({ long }) => long))].join(' | ') ||
    '--none';
  return `# Completion of wattfleet for bash. Once: wattfleet completion bash > /etc/bash_completion.d/wattfleet
_wattfleet_describe() {
  case $1 in
${cases.join('\n')}
  esac
}
_wattfleet_codes() {
  local root= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == --root ]] && root=\${COMP_WORDS[i + 1]}
  done
  "\${COMP_WORDS[0]}" list --codes \${root:+--root "$root"} 2>/dev/null
}
_wattfleet() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} path= i commands options words
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${paths}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  _wattfleet_describe "$path"
  case $previous in
    ${ofKind('folder')}) COMPREPLY=($(compgen -d -- "$current")); return ;;
    ${ofKind('file')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${ofKind('other')}) return ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
    return
  fi
  [[ $words == *@codes ]] && words="\${words%@codes} $(_wattfleet_codes)"
  COMPREPLY=($(compgen -W "$commands $words" -- "$current"))
}
complete -F _wattfleet wattfleet
`;
}
