import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What the machine has besides a minimal Debian. */
const PACKAGES = ["systemd", "systemd-sysv", "dbus", "redis-server", "zsh", "fish", "ca-certificates"];
const RELEASE = "bookworm";
/** A Debian that is bootstrapped once, and copied for each machine. */
const TEMPLATE = join(tmpdir(), `forecast-${RELEASE}-with-${PACKAGES.join("-")}`);
const BOOT_LIMIT_MS = 120_000;
const RUNTIME = "/run/systemd/nspawn";

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why no machine can be booted here; nothing where one can. */
export function obstacle(): string | undefined {
  if (process.getuid?.() !== 0) return "not root";
  const missing = ["systemd-nspawn", "debootstrap", "nsenter"].filter((program) => Bun.which(program) === null);
  if (missing.length > 0) return `${missing.join(", ")} not installed`;
  const { exitCode } = Bun.spawnSync(["unshare", "--mount", "--pid", "--ipc", "--uts", "--net", "--fork", "true"]);
  return exitCode === 0 ? undefined : "namespaces are not allowed";
}

/** A Debian that is booted by systemd in namespaces of its own, without a network but its loopback. */
export class Machine {
  readonly #root: string;
  readonly #container: Bun.Subprocess;
  readonly #leader: string;

  private constructor(root: string, container: Bun.Subprocess, leader: string) {
    this.#root = root;
    this.#container = container;
    this.#leader = leader;
  }

  /** @throws Error when systemd is not up within two minutes. */
  static async boot(): Promise<Machine> {
    bootstrap();
    if (!existsSync(RUNTIME)) {
      mkdirSync(RUNTIME, { recursive: true });
      must(["mount", "-t", "tmpfs", "tmpfs", RUNTIME]);
    }
    const root = mkdtempSync(join(tmpdir(), "forecast-machine-"));
    must(["cp", "-a", `${TEMPLATE}/.`, root]);
    const options = ["--register=no", "--keep-unit", "--private-network", "--console=pipe", "--quiet"];
    const log = Bun.file(`${root}.log`);
    const container = Bun.spawn(["systemd-nspawn", "-D", root, "-b", ...options], {
      stdio: ["ignore", log, log],
    });
    const deadline = Date.now() + BOOT_LIMIT_MS;
    for (let leader = ""; Date.now() < deadline; await sleep(200)) {
      leader = Bun.spawnSync(["pgrep", "-P", `${container.pid}`])
        .stdout.toString()
        .trim();
      if (leader === "") continue;
      const machine = new Machine(root, container, leader);
      if (/^(running|degraded)$/.test(machine.run("systemctl", "is-system-running").stdout.trim())) return machine;
    }
    container.kill("SIGKILL");
    throw new Error(`the machine does not boot: ${await log.text()}`);
  }

  /** Runs a program as the machine's root. */
  run(...command: readonly string[]): Ended {
    const environment = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"];
    const enter = ["nsenter", "--target", this.#leader, "--all", "--wdns=/"];
    const { exitCode, stdout, stderr } = Bun.spawnSync([...enter, ...environment, ...command]);
    return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
  }

  /** @throws Error unless the program ends with 0. */
  must(...command: readonly string[]): string {
    const { exitCode, stdout, stderr } = this.run(...command);
    if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Where this machine has a file of that one. */
  path(path: string): string {
    return join(this.#root, path);
  }

  write(path: string, content: string, mode = 0o644): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content, { mode });
  }

  /** Copies a file of this machine. */
  take(file: string, path: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    cpSync(file, this.path(path));
  }

  remove(path: string): void {
    rmSync(this.path(path), { force: true, recursive: true });
  }

  mode(path: string): string {
    return (statSync(this.path(path)).mode & 0o777).toString(8);
  }

  /** Waits until the check holds. */
  async until(check: () => boolean, limitMs = 60_000): Promise<void> {
    for (const deadline = Date.now() + limitMs; !check(); await sleep(100)) {
      if (Date.now() > deadline) throw new Error(`not within ${limitMs / 1000} s: ${check}`);
    }
  }

  async powerOff(): Promise<void> {
    // All else ends with its first process, which would outlive the container's own.
    process.kill(Number(this.#leader), "SIGKILL");
    await this.#container.exited;
    rmSync(this.#root, { recursive: true, force: true });
    rmSync(`${this.#root}.log`, { force: true });
  }
}

function bootstrap(): void {
  if (existsSync(TEMPLATE)) return;
  const unfinished = `${TEMPLATE}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  must(["debootstrap", "--variant=minbase", `--include=${PACKAGES.join(",")}`, RELEASE, unfinished]);
  renameSync(unfinished, TEMPLATE);
}

function must(command: readonly string[]): void {
  const { exitCode, stdout, stderr } = Bun.spawnSync([...command]);
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}: ${stdout}${stderr}`);
}
