import { describe, expect, test } from "vitest";
import { datedChangelog, isNewer } from "../../build/versions.ts";

describe("a version", () => {
  test.each([
    ["0.1.1", "0.1.0"],
    ["0.10.0", "0.9.9"],
    ["1.0.0", "0.99.99"],
  ])("%s is newer than %s, and not the other way round", (newer, older) => {
    expect(isNewer(newer, older)).toBe(true);
    expect(isNewer(older, newer)).toBe(false);
  });

  test("is not newer than itself", () => {
    expect(isNewer("1.2.3", "1.2.3")).toBe(false);
  });

  test.each(["", "1.2", "v1.2.3", "1.02.3", "1.2.3-beta", "1.2.3\n"])("%j is none", (text) => {
    expect(() => isNewer(text, "0.1.0")).toThrow(/is no version such as 1\.2\.3/);
  });
});

describe("the changelog of a release", () => {
  const earlier = "## 0.1.0 - 2026-11-01\n\n- All of it.\n";

  test("has what was unreleased under the version and its date", () => {
    expect(datedChangelog(`# Changelog\n\n## Unreleased\n\n- More.\n\n${earlier}`, "0.2.0", "2026-11-28")).toBe(
      `# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-11-28\n\n- More.\n\n${earlier}`,
    );
  });

  test.each([
    ["an empty section", `# Changelog\n\n## Unreleased\n\n${earlier}`],
    ["no section", `# Changelog\n\n${earlier}`],
  ])("is refused with %s of what is unreleased", (_, changelog) => {
    expect(() => datedChangelog(changelog, "0.2.0", "2026-11-28")).toThrow("CHANGELOG.md has nothing under Unreleased");
  });
});
