import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { $ } from "bun";
import { allCommands } from "../src/commands/all.ts";
import { completionScript } from "../src/commands/completion-scripts.ts";
import { describe } from "../src/commands/describe.ts";
import { ENTRYPOINTS } from "./compile.ts";
import { instanceQueueService, instanceService, instanceTimer } from "./instance-units.ts";
import { bundledPackages, debianCopyright, licensesText } from "./licenses.ts";
import { writeManPages } from "./man.ts";

export interface Package {
  readonly version: string;
  /** Debian's name, such as amd64. */
  readonly architecture: string;
  readonly binary: string;
  /** What the binary is made of. */
  readonly bill: string;
  /** All files of the package get this time. */
  readonly time: Date;
}

const NAME = "forecast-worker";
const DOC = `usr/share/doc/${NAME}`;
const EXAMPLES = `${DOC}/examples`;
const UNITS = "usr/lib/systemd/system";

/** Readers of documents, and the types that they use. */
const READERS = ["read.ts", "forecast-types.ts", "read.py", "forecast_types.py", "Read.cs", "ForecastTypes.cs"];

/** Files as they are, from the repository into the package. */
const FILES: readonly (readonly [from: string, to: string, mode?: number])[] = [
  ["systemd/forecast-worker.service", `${UNITS}/forecast-worker.service`],
  ["systemd/forecast-worker-queue.service", `${UNITS}/forecast-worker-queue.service`],
  ["systemd/forecast-worker.timer", `${UNITS}/forecast-worker.timer`],
  ["systemd/sysusers.conf", `usr/lib/sysusers.d/${NAME}.conf`],
  ["systemd/tmpfiles.conf", `usr/lib/tmpfiles.d/${NAME}.conf`],
  ["systemd/forecast-worker", "usr/sbin/forecast-worker", 0o755],
  ["systemd/forecast.env", "etc/forecast-worker/forecast.env", 0o640],
  ["systemd/examples/on-failure.conf", `${EXAMPLES}/on-failure.conf`],
  ["systemd/examples/forecast-worker-alarm@.service", `${EXAMPLES}/forecast-worker-alarm@.service`],
  ["build/alerts.yml", `${EXAMPLES}/alerts.yml`],
  ["build/dashboard.json", `${EXAMPLES}/dashboard.json`],
  ["build/forecast.schema.json", `${EXAMPLES}/forecast.schema.json`],
  ...READERS.map((name) => [`build/examples/${name}`, `${EXAMPLES}/${name}`] as const),
  ["build/redis-user.acl", `${EXAMPLES}/redis-user.acl`],
  ["build/redis-queue-user.acl", `${EXAMPLES}/redis-queue-user.acl`],
  ["build/sql-server-grants.sql", `${EXAMPLES}/sql-server-grants.sql`],
  ["build/deb/lintian-overrides", `usr/share/lintian/overrides/${NAME}`],
];

/** Writes the .deb and gives its path. Needs dpkg-deb. */
export async function buildDeb({ version, architecture, binary, bill, time }: Package): Promise<string> {
  const root = `dist/deb-${architecture}`;
  const path = (name: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true, mode: 0o755 });
    return join(root, name);
  };
  const write = (name: string, content: string | Uint8Array, mode = 0o644) => {
    writeFileSync(path(name), content);
    chmodSync(join(root, name), mode);
  };
  rmSync(root, { recursive: true, force: true });
  for (const [from, to, mode] of FILES) write(to, readFileSync(from), mode);
  const unit = (name: string) => readFileSync(`systemd/forecast-worker${name}`, "utf8");
  write(`${UNITS}/forecast-worker@.service`, instanceService(unit(".service")));
  write(`${UNITS}/forecast-worker@.timer`, instanceTimer(unit(".timer")));
  write(`${UNITS}/forecast-worker-queue@.service`, instanceQueueService(unit("-queue.service")));
  copyFileSync(binary, path("usr/bin/forecast"));
  chmodSync(path("usr/bin/forecast"), 0o755);

  const commands = (await allCommands()).map(describe);
  write("usr/share/bash-completion/completions/forecast", completionScript("bash", commands));
  write("usr/share/zsh/vendor-completions/_forecast", completionScript("zsh", commands));
  write("usr/share/fish/vendor_completions.d/forecast.fish", completionScript("fish", commands));

  await writeManPages(path("usr/share/man/man1"));
  for (const page of readdirSync(path("usr/share/man/man1"))) {
    const plain = path(`usr/share/man/man1/${page}`);
    write(`usr/share/man/man1/${page}.gz`, zipped(readFileSync(plain)));
    rmSync(plain);
  }
  const manual = readFileSync("systemd/forecast-worker.8", "utf8").replace("@VERSION@", version);
  write("usr/share/man/man8/forecast-worker.8.gz", zipped(manual));
  write(`${DOC}/bill-of-materials.cdx.json`, bill);
  const licenses = licensesText(await bundledPackages(ENTRYPOINTS));
  write(`${DOC}/copyright`, debianCopyright(readFileSync("build/deb/copyright", "utf8"), licenses));
  write(`${DOC}/changelog.gz`, zipped(changelog(version, time)));

  const control = readFileSync("build/deb/control", "utf8");
  write(
    "DEBIAN/control",
    control
      .replace("@VERSION@", version)
      .replace("@ARCHITECTURE@", architecture)
      .replace("@SIZE@", `${Math.ceil(bytesIn(root) / 1024)}`),
  );
  write("DEBIAN/conffiles", "/etc/forecast-worker/forecast.env\n");
  for (const script of ["postinst", "prerm", "postrm"]) {
    write(`DEBIAN/${script}`, readFileSync(`build/deb/${script}`), 0o755);
  }
  const seconds = `${Math.floor(time.getTime() / 1000)}`;
  await $`find ${root} -exec touch --no-dereference --date=@${seconds} {} +`;
  const file = `dist/${NAME}_${version}_${architecture}.deb`;
  // Level 9, which is usual, takes twice as long for half a percent.
  await $`dpkg-deb --root-owner-group -Zgzip -z6 --build ${root} ${file}`
    .env({ ...process.env, SOURCE_DATE_EPOCH: seconds })
    .quiet();
  rmSync(root, { recursive: true });
  return file;
}

function zipped(content: string | Uint8Array): Uint8Array {
  return gzipSync(content, { level: 9 });
}

/** Debian's form, in which the date is part of the last line. */
function changelog(version: string, time: Date): string {
  const maintainer = /^Maintainer: (.*)$/m.exec(readFileSync("build/deb/control", "utf8"))![1];
  const date = time.toUTCString().replace("GMT", "+0000");
  return `${NAME} (${version}) stable; urgency=medium\n\n  * See CHANGELOG.md of the source.\n\n -- ${maintainer}  ${date}\n`;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).reduce((sum, name) => {
    const entry = statSync(join(folder, name));
    return sum + (entry.isFile() ? entry.size : 4096);
  }, 0);
}
