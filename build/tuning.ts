// `bun build/tuning.ts [NAME...]`: what half and twice of each tuned number do, as the table build/tuning.md. What was
// measured is kept in dist/tuning/, so that an interrupted table goes on; constants that are named are measured again,
// and no others. TUNING_DATA is the folder of the data sets, ../shared/data if not given.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseOf, FOLDER } from "./tuning/databases.ts";
import { type DataSet, EXPERIMENTS, type Experiment } from "./tuning/experiments.ts";
import { measure } from "./tuning/measure.ts";
import { findPlaces, type Place } from "./tuning/places.ts";
import { ProgramCopy } from "./tuning/program.ts";
import { changeOf, type Results, resultsOf } from "./tuning/results.ts";
import { tableOf } from "./tuning/table.ts";

const DATA = process.env.TUNING_DATA ?? "../shared/data";
const RESULTS = join(FOLDER, "results.json");
const TABLE = "build/tuning.md";

const names = process.argv.slice(2);
const places = findPlaces();
for (const name of names) if (!places.some((place) => place.name === name)) throw new Error(`no constant ${name}`);
const results: Results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : {};
for (const place of places.filter(({ name }) => names.includes(name))) forget(place);

using program = new ProgramCopy();
const rounds = Math.max(...Object.values(EXPERIMENTS).map(({ sets }) => sets.length));
// One set of each experiment after the other, the quick ones first: an unfinished table is one of fewer sets.
for (let round = 0; round < rounds; round++) {
  for (const experiment of Object.values(EXPERIMENTS).toReversed()) {
    const set = experiment.sets[round];
    if (set) await measureSet(experiment, set);
  }
  writeFileSync(TABLE, tableOf(places, results));
}

async function measureSet(experiment: Experiment, set: DataSet): Promise<void> {
  const database = await databaseOf(set, DATA);
  const measured = () => measure(program, experiment.method, set, database);
  const found = resultsOf(results, experiment, set);
  const unchanged = await measured();
  if (JSON.stringify(unchanged) !== JSON.stringify(found.unchanged)) {
    const lost = Object.keys(found.changed).length;
    if (lost > 0) console.log(`${set.data} ${set.origin}: ${lost} changes are measured anew, of another program`);
    found.changed = {};
    found.unchanged = unchanged;
  }
  for (const place of places.filter((item) => EXPERIMENTS[item.experiment] === experiment)) {
    if (names.length > 0 && !names.includes(place.name)) continue;
    for (const value of place.tried) {
      const change = changeOf(place, value);
      if (change in found.changed) continue;
      found.changed[change] = await program.with(place, value, measured).catch((error) => {
        console.log(`${change}: ${error}`);
        return null;
      });
      writeFileSync(RESULTS, JSON.stringify(results, undefined, 1));
      console.log(`${set.data} ${set.origin}: ${change}`);
    }
  }
}

/** Drops what was measured of a constant. */
function forget(place: Place): void {
  for (const { changed } of Object.values(results))
    for (const value of place.tried) delete changed[changeOf(place, value)];
}
