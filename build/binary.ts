// Builds dist/forecast for this machine.
import { compile } from "./compile.ts";

await compile("dist/forecast");
