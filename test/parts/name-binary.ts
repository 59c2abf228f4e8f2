import { statSync } from "node:fs";
import { binary } from "./program.ts";

/** Says before the first test which binary is under test, or why none is. */
export default function nameBinary(): void {
  try {
    const [file] = binary();
    console.error(`Program under test: ${file} of ${statSync(file!).mtime.toISOString()}`);
  } catch (error) {
    console.error(`No program to test: ${(error as Error).message}`);
  }
}
