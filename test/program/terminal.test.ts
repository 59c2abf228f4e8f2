import { afterAll, beforeAll, expect, test } from "vitest";
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { binary } from "../parts/program.ts";

let folder: Folder;
let database: string;
beforeAll(() => {
  folder = temporaryFolder();
  database = folder.database(simulatedBook(200));
});
afterAll(() => folder.remove());

/** Runs the binary on a terminal of 80 columns and gives all that it sends there. */
async function onTerminal(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const decoder = new TextDecoder();
  let sent = "";
  const child = Bun.spawn([...binary(), ...args], {
    env: { TERM: "xterm-256color", ...env },
    terminal: {
      cols: 80,
      rows: 24,
      data: (_terminal, bytes) => {
        sent += decoder.decode(bytes, { stream: true });
      },
    },
  });
  await child.exited;
  return sent;
}

const RUN = () => [
  ...["run", "--as-of", "2025-11-11", "--source", `sqlite:${database}`],
  ...["--dry-run", "--lock-file", folder.path("lock")],
];
const ESCAPE = "\u001b";

test("a person sees a bar with products done, rate and time left, and then the report", async () => {
  const screen = await onTerminal(RUN());
  expect(screen).toMatch(/[█░]{25} \d+% \| [\d,]+\/1\d\d products \| [\d,]+\/s \| \d+ s left/);
  expect(screen).not.toMatch(/of 1\d\d products/);
  expect(screen).toMatch(/Total Products: 1\d\d\r\nSuccessful: /);
  expect(screen, "shows the cursor again").toContain(`${ESCAPE}[?25h`);
});

test("a backtest's bar counts forecasts, and its answer follows", async () => {
  const given = ["--source", `sqlite:${database}`, "--origins", "2", "--models", "auto,mean13"];
  const screen = await onTerminal(["backtest", "--as-of", "2025-11-11", ...given]);
  expect(screen).toMatch(/[█░]{25} \d+% \| [\d,]+\/3\d\d forecasts \| [\d,]+\/s \| \d+ s left/);
  expect(screen).toMatch(/\d+ products at 2 origins, 2025-08-19, 2025-07-22: 3\d\d forecasts/);
});

test("TERM=dumb gets lines instead of a bar", async () => {
  const screen = await onTerminal(RUN(), { TERM: "dumb" });
  expect(screen).toMatch(/of 1\d\d products/);
  expect(screen).not.toContain(ESCAPE);
});

test("errors are coloured, unless NO_COLOR declines", async () => {
  expect(await onTerminal(["run", "--weeks", "0"])).toContain(`${ESCAPE}[31merror:${ESCAPE}[39m --weeks: "0"`);
  expect(await onTerminal(["run", "--weeks", "0"], { NO_COLOR: "1" })).not.toContain(ESCAPE);
  expect(await onTerminal(["--help"])).toContain(ESCAPE);
  expect(await onTerminal(["--help"], { NO_COLOR: "1" })).not.toContain(ESCAPE);
});
