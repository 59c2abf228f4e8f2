import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../package.json" with { type: "json" };

/** A package that is part of the binary. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json says, such as MIT. */
  readonly license: string;
  /** Its licence and notices as they stand in its folder; empty where it brings none. */
  readonly text: string;
}

const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENSE_FILE = /^(licen[sc]e|copying|notice|copyright)/i;
const RULE = "=".repeat(100);

/**
 * The packages whose code is in the bundle that these entrypoints make, by name and version.
 *
 * @throws Error when it cannot be bundled, or when a package says nothing of its licence.
 */
export async function bundledPackages(entrypoints: readonly string[]): Promise<BundledPackage[]> {
  const { success, logs, metafile } = await Bun.build({
    entrypoints: [...entrypoints],
    target: "bun",
    metafile: true,
    throw: false,
  });
  if (!success || !metafile) throw new Error(logs.join("\n"));
  const folders = new Set(Object.keys(metafile.inputs).flatMap((file) => PACKAGE_FOLDER.exec(file) ?? []));
  const packages = new Map([...folders].map(packageIn).map((each) => [`${each.name} ${each.version}`, each]));
  return [...packages.values()].sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1));
}

/** The licences of all that the binary is made of, as one text. */
export function licensesText(packages: readonly BundledPackage[]): string {
  const bun = packageJson.devDependencies.bun;
  const parts = [
    { title: `${packageJson.name} ${packageJson.version}`, text: readFileSync("LICENSE", "utf8") },
    {
      title: `bun ${bun} (MIT)`,
      text:
        "The runtime within the binary, https://bun.com. It is linked with JavaScriptCore and other parts of WebKit, which are\n" +
        "licensed under the LGPL 2, and with the libraries that https://bun.com/docs/project/license names with their licences.",
    },
    ...packages.map(({ name, version, license, text }) => ({
      title: `${name} ${version} (${license})`,
      text: text || `Its package brings no text of the licence that it names, ${license}.`,
    })),
  ];
  return parts
    .map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text.replaceAll("\r", "").trim()}\n`)
    .join("\n");
}

/** The same in Debian's form of a copyright file, below what that file says of the program itself. */
export function debianCopyright(own: string, text: string): string {
  const lines = text.split("\n").map((line) => (line.trim() === "" ? " ." : ` ${line.trimEnd()}`));
  const stanza = [
    "Files: usr/bin/forecast",
    "Copyright: 2026 the forecast authors, and the authors of what is built in",
    "License: Expat-and-others",
    ...lines,
  ];
  return `${own.trimEnd()}\n\n${stanza.join("\n")}\n`;
}

function packageIn(folder: string): BundledPackage {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  // The older form is a list.
  const named =
    typeof license === "string" ? license : licenses?.map(({ type }: { type: string }) => type).join(" or ");
  if (!named) throw new Error(`${folder} says nothing of its licence`);
  const files = readdirSync(folder).filter((file) => LICENSE_FILE.test(file));
  const text = files.sort().map((file) => readFileSync(join(folder, file), "utf8").trim());
  return { name, version, license: named, text: text.join("\n\n") };
}
