/** What the runtime in the binary would take for orders of its own: other code, or an open debugger. */
const OF_THE_RUNTIME = /^BUN_(OPTIONS|BE_BUN|INSPECT(_\w+)?)$/;

/**
 * Variables that take the program out of our hands, with what they do.
 *
 * @param isCompiled whether the runtime is part of the program; otherwise it is the user's own.
 * @returns one line; nothing where none is set.
 */
export function dangerousVariable(
  env: Readonly<Record<string, string | undefined>>,
  isCompiled: boolean,
): string | undefined {
  const runtime = isCompiled ? Object.keys(env).find((name) => env[name] && OF_THE_RUNTIME.test(name)) : undefined;
  if (runtime !== undefined)
    return `${runtime} is set, by which the runtime runs other code or opens a debugger: unset it`;
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== "0") return undefined;
  return "NODE_TLS_REJECT_UNAUTHORIZED is 0, which switches off the check of every certificate: unset it";
}
