import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "bun";
import packageJson from "../package.json" with { type: "json" };

interface Component {
  "bom-ref": string;
  name: string;
  version: string;
  type: string;
  properties?: { name: string; value: string }[];
  [key: string]: unknown;
}
interface Bom {
  serialNumber?: string;
  metadata: { timestamp: string; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** What the binaries are made of, as CycloneDX: npm's list of the packages in the lock file, and Bun itself. */
export async function billOfMaterials(time: Date): Promise<string> {
  const bom = await npmBill();
  // A number and a time of their own would make two builds of one commit differ.
  delete bom.serialNumber;
  bom.metadata.timestamp = time.toISOString();
  bom.metadata.component.name = packageJson.name;
  bom.metadata.component.type = "application";
  const version = packageJson.devDependencies.bun;
  // npm's own --omit dev leaves out packages that are needed, such as the driver of SQL Server.
  const tools = new Set(bom.components.filter(isTool).map((component) => component["bom-ref"]));
  bom.components = bom.components.filter((component) => !tools.has(component["bom-ref"]));
  bom.components.push({
    ...{ "bom-ref": `bun@${version}`, type: "framework", name: "bun", version, scope: "required" },
    description: "The runtime within the binary, from the npm package @oven/bun-* of its platform",
    purl: `pkg:npm/bun@${version}`,
  });
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => !tools.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((name) => !tools.has(name)) }));
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

function isTool({ properties = [] }: Component): boolean {
  return properties.some(({ name }) => name === "cdx:npm:package:development");
}

/** By way of a file: npm ends before a pipe has taken all that it prints. */
async function npmBill(): Promise<Bom> {
  const folder = mkdtempSync(join(tmpdir(), "bill-"));
  try {
    const file = join(folder, "npm.json");
    await $`npm sbom --sbom-format cyclonedx --package-lock-only > ${file}`.quiet();
    return JSON.parse(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
