import type { Description, Flag } from "./describe.ts";

type Shell = "bash" | "zsh" | "fish";

/** The script by which a shell completes the subcommands, their flags, and values that are files or one of few words. */
export function completionScript(shell: Shell, commands: readonly Description[]): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](commands);
}

function bashScript(commands: readonly Description[]): string {
  const flags = commands.flatMap((command) =>
    flagsOf(command).map((flag) => ({ given: `${command.name}:--${flag.name}`, value: takenBy(flag) })),
  );
  const takes = (wanted: Value["kind"]) => flags.filter(({ value }) => value?.kind === wanted);
  const patterns = (wanted: Value["kind"]) =>
    takes(wanted)
      .map(({ given }) => given)
      .join("|");
  const words = Map.groupBy(takes("words"), ({ value }) => value!.words.join(" "));
  return `# Completions of forecast for bash. Made by: forecast completion bash
_forecast() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  if [[ $current == = ]]; then current=
  elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case \${COMP_WORDS[1]}:$previous in
${Array.from(words, ([list, some]) => `    ${some.map(({ given }) => given).join("|")}) COMPREPLY=($(compgen -W "${list}" -- "$current")); return ;;`).join("\n")}
    ${patterns("file")}) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    ${patterns("text")}) return ;;
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${commands
  .map((command) => {
    const list = flagsOf(command).map(({ name }) => `--${name}`);
    return `    ${command.name}) COMPREPLY=($(compgen -W "${[...list, ...firstWords(command)].join(" ")}" -- "$current")) ;;`;
  })
  .join("\n")}
  esac
}
complete -F _forecast forecast
`;
}

function zshScript(commands: readonly Description[]): string {
  const quoted = (text: string) => text.replaceAll(/[[\]:\\]/g, "\\$&").replaceAll("'", "'\\''");
  const action = (value: Value) => ({ file: "_files", words: `(${value.words.join(" ")})`, text: " " })[value.kind];
  const specification = (flag: Flag) => {
    const value = takenBy(flag);
    const argument = value ? `:${quoted(flag.placeholder!)}:${action(value)}` : "";
    return `      '--${flag.name}${value ? "=" : ""}[${quoted(flag.description)}]${argument}'`;
  };
  return `#compdef forecast
# Completions of forecast for zsh. Made by: forecast completion zsh
_forecast() {
  local -a commands=(
${commands.map(({ name, description }) => `    '${name}:${quoted(description)}'`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands
  .map((command) => {
    const words = command.words.map(({ name }) => `      ':${quoted(name)}:(${firstWords(command).join(" ")})'`);
    return `    ${command.name})\n      _arguments \\\n${[...flagsOf(command).map(specification), ...words].join(" \\\n")}\n      ;;`;
  })
  .join("\n")}
  esac
}
_forecast "$@"
`;
}

function fishScript(commands: readonly Description[]): string {
  const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
  const names = commands.map(({ name }) => name).join(" ");
  return `# Completions of forecast for fish. Made by: forecast completion fish
complete -c forecast -f
${commands
  .map(({ name, description }) => {
    return `complete -c forecast -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d ${quoted(description)}`;
  })
  .join("\n")}
${commands
  .flatMap((command) => {
    const when = `complete -c forecast -n '__fish_seen_subcommand_from ${command.name}'`;
    const words = firstWords(command).map((word) => `${when} -a ${word}`);
    return [
      ...words,
      ...flagsOf(command).map((flag) => {
        const value = takenBy(flag);
        const takes = { file: " -r -F", words: ` -x -a ${quoted(value?.words.join(" ") ?? "")}`, text: " -x" };
        return `${when} -l ${flag.name}${value ? takes[value.kind] : ""} -d ${quoted(flag.description)}`;
      }),
    ];
  })
  .join("\n")}
`;
}

interface Value {
  readonly kind: "file" | "words" | "text";
  readonly words: readonly string[];
}

/** What a flag takes, by its placeholder: FILE, few words such as text|json, or some text. */
function takenBy({ placeholder }: Flag): Value | undefined {
  if (placeholder === undefined) return undefined;
  if (placeholder === "FILE") return { kind: "file", words: [] };
  return /^[a-z-]+(\|[a-z-]+)+$/.test(placeholder)
    ? { kind: "words", words: placeholder.split("|") }
    : { kind: "text", words: [] };
}

function flagsOf({ groups }: Description): Flag[] {
  return [...groups.values()].flat();
}

/** Words that a command's argument may be, where its description is a list of them. */
function firstWords({ words }: Description): string[] {
  const list = words[0]?.description ?? "";
  return /^[a-z]+(, [a-z]+)+$/.test(list) ? list.split(", ") : [];
}
