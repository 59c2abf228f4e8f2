const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;
const UNRELEASED = "## Unreleased\n";

/** Major, minor and patch. @throws Error when the text is no such version. */
function partsOf(version: string): readonly number[] {
  const parts = VERSION.exec(version)?.slice(1).map(Number);
  if (!parts) throw new Error(`"${version}" is no version such as 1.2.3`);
  return parts;
}

/** Whether a version comes after another; both X.Y.Z. @throws Error when one is not. */
export function isNewer(version: string, other: string): boolean {
  const [parts, others] = [partsOf(version), partsOf(other)];
  const first = parts.findIndex((part, i) => part !== others[i]);
  return first >= 0 && parts[first]! > others[first]!;
}

/**
 * The changelog with what was unreleased under a version and its date, and nothing unreleased.
 *
 * @param date YYYY-MM-DD.
 * @throws Error when nothing is unreleased.
 */
export function datedChangelog(changelog: string, version: string, date: string): string {
  const unreleased = changelog.split(/^(?=## )/m).find((section) => section.startsWith(UNRELEASED));
  if (!unreleased?.slice(UNRELEASED.length).trim()) throw new Error("CHANGELOG.md has nothing under Unreleased");
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n## ${version} - ${date}\n`);
}
