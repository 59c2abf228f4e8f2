import { mkdtempSync, readdirSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BINARY, upToDate } from "../../build/up-to-date.ts";
import { ROOT } from "./root.ts";

/**
 * The compiled program: dist/forecast, or the file that FORECAST_TEST_BINARY names.
 *
 * @throws Error of one line when there is none, or one older than its source.
 */
export function binary(): readonly string[] {
  return [upToDate(resolve(ROOT, process.env.FORECAST_TEST_BINARY ?? BINARY), "build", ROOT)];
}

/** The program from its source. */
export const ON_BUN = ["bun", join(ROOT, "src/main.ts")];
export const ON_DENO = ["deno", "run", "-A", join(ROOT, "src/main.ts")];

/** What the program keeps for its user: nothing of another test file, nor of whoever runs these. */
let state: string | undefined;

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly env?: Record<string, string>;
  readonly program?: readonly string[];
  readonly cwd?: string;
  /** A file instead of a pipe. */
  readonly stderr?: number;
}

/** Starts the compiled binary, or what `program` says, with nothing of this process's settings. */
export function start(args: readonly string[], options: ProgramOptions = {}) {
  const { env = {}, program = binary(), cwd = ROOT, stderr = "pipe" } = options;
  const { PATH = "", HOME = "" } = process.env;
  state ??= mkdtempSync(join(tmpdir(), "forecast-state-"));
  return Bun.spawn([...program, ...args], {
    cwd,
    env: { PATH: `${join(ROOT, "node_modules/.bin")}:${PATH}`, HOME, TMPDIR: tmpdir(), XDG_STATE_HOME: state, ...env },
    stdio: ["ignore", "pipe", stderr as "pipe"],
  });
}

/** Those that a process has open at this moment, on Linux. */
export function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      return readlinkSync(join(folder, name));
    } catch {
      return [];
    }
  });
}

export async function forecast(args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  return ended(start(args, options));
}

export async function ended(child: ReturnType<typeof start>): Promise<Ended> {
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, exitCode };
}
