import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../parts/root.ts";

const LISTS = join(ROOT, "build/bugs");

test.each(readdirSync(LISTS))("each bug in %s can be put into the source as it stands, once", (list) => {
  const bugs: { file: string; from: string; to: string }[] = JSON.parse(readFileSync(join(LISTS, list), "utf8"));
  for (const { file, from, to } of bugs) {
    const source = readFileSync(join(ROOT, "src", list.replace(".json", ""), file), "utf8");
    expect(source.split(from), `${file}: ${from}`).toHaveLength(2);
    expect(to).not.toBe(from);
  }
});
