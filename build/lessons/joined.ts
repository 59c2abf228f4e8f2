import type { TrainingTable } from "../../src/learning/table.ts";

/** One table of several worlds, each of which counts alike and belongs to one of two folds. */
export function joined(tables: readonly TrainingTable[]): TrainingTable {
  const [first] = tables;
  const floats = (of: (table: TrainingTable) => Float64Array) => {
    const parts = tables.map(of);
    const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  const bytes = (of: (table: TrainingTable, world: number) => Uint8Array) =>
    Uint8Array.from(tables.flatMap((table, world) => Array.from(of(table, world))));
  return {
    horizon: first!.horizon,
    weeks: first!.weeks,
    features: floats(({ features }) => features),
    expectedByLevel: floats(({ expectedByLevel }) => expectedByLevel),
    expected: floats(({ expected }) => expected),
    // Over many worlds what happened to all products of one is luck already.
    shockedExpected: floats(({ expectedByLevel }) => expectedByLevel),
    priorMean: floats(({ priorMean }) => priorMean),
    meanWeek: floats(({ meanWeek }) => meanWeek),
    actual: floats(({ actual }) => actual),
    stretch: floats(({ stretch }) => stretch),
    key: Uint32Array.from(tables.flatMap(({ key }) => Array.from(key))),
    orderRate: floats(({ orderRate }) => {
      const usual = orderRate.reduce((sum, rate) => sum + rate, 0) / orderRate.length;
      return orderRate.map((rate) => rate / usual);
    }),
    size: floats(({ size }) => size),
    isWhole: bytes(({ isWhole }) => isWhole),
    clearness: floats(({ clearness }) => clearness),
    demandClass: bytes(({ demandClass }) => demandClass),
    fold: bytes(({ fold }, world) => new Uint8Array(fold.length).fill(world % 2)),
  };
}
