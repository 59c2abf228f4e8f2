import { $ } from "bun";
import packageJson from "../package.json" with { type: "json" };

interface Component {
  name: string;
  version: string;
  type: string;
  [key: string]: unknown;
}
interface Bom {
  serialNumber?: string;
  metadata: { timestamp: string; component: Component };
  components: Component[];
}

/** What the binaries are made of, as CycloneDX: npm's list of the packages in the lock file, and Bun itself. */
export async function billOfMaterials(time: Date): Promise<string> {
  const bom: Bom = await $`npm sbom --omit dev --sbom-format cyclonedx --package-lock-only`.quiet().json();
  // A number and a time of their own would make two builds of one commit differ.
  delete bom.serialNumber;
  bom.metadata.timestamp = time.toISOString();
  bom.metadata.component.name = packageJson.name;
  bom.metadata.component.type = "application";
  const version = packageJson.devDependencies.bun;
  bom.components.push({
    ...{ "bom-ref": `bun@${version}`, type: "framework", name: "bun", version, scope: "required" },
    description: "The runtime within the binary, from the npm package @oven/bun-* of its platform",
    purl: `pkg:npm/bun@${version}`,
  });
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}
