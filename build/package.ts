// `npm run package`: binaries for every platform, Debian packages, a list of what they are made of, and checksums;
// `npm run package -- linux-x64` makes those of one platform.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { $ } from "bun";
import packageJson from "../package.json" with { type: "json" };
import { compile } from "./compile.ts";
import { buildDeb } from "./deb.ts";
import { fetchRuntime } from "./runtimes.ts";
import { billOfMaterials } from "./sbom.ts";

const { version } = packageJson;
const PLATFORMS = [
  { platform: "linux-x64", target: "bun-linux-x64", runtime: "bun-linux-x64", debian: "amd64" },
  { platform: "linux-arm64", target: "bun-linux-arm64", runtime: "bun-linux-aarch64", debian: "arm64" },
  { platform: "macos-x64", target: "bun-darwin-x64", runtime: "bun-darwin-x64" },
  { platform: "macos-arm64", target: "bun-darwin-arm64", runtime: "bun-darwin-aarch64" },
  { platform: "windows-x64", target: "bun-windows-x64", runtime: "bun-windows-x64" },
] as const;

mkdirSync("dist", { recursive: true });
// Everything bears the time of the commit, so that two builds of it are the same.
const seconds = process.env.SOURCE_DATE_EPOCH ?? (await $`git log -1 --format=%ct`.text()).trim();
const time = new Date(Number(seconds) * 1000);
const bill = await billOfMaterials(time);
const files = [`dist/forecast-${version}.cdx.json`];
writeFileSync(files[0]!, bill);
const [only] = process.argv.slice(2);
for (const { platform, target, runtime, ...rest } of PLATFORMS) {
  if (only !== undefined && only !== platform) continue;
  const suffix = platform.startsWith("windows") ? ".exe" : "";
  const binary = `dist/forecast-${version}-${platform}${suffix}`;
  await compile(binary, { target, runtime: await fetchRuntime(runtime, `bin/bun${suffix}`) });
  files.push(binary);
  if ("debian" in rest) files.push(await buildDeb({ version, architecture: rest.debian, binary, bill, time }));
}
const sums = files.map(
  (file) => `${createHash("sha256").update(readFileSync(file)).digest("hex")}  ${basename(file)}\n`,
);
writeFileSync("dist/SHA256SUMS", sums.join(""));
process.stdout.write(sums.join(""));
