import { dispatch, type Runner } from "./dispatch.ts";
import type { Interruption } from "./interruption.ts";
import type { Failure } from "./messages.ts";

/** Does tasks and gives their results in the tasks' order, whichever ends first. */
export interface OrderedRunner {
  /**
   * @param split see `TaskHandler`.
   * @returns nothing after an interruption.
   */
  runAll<Task extends object, Result>(
    tasks: readonly Task[],
    split: (task: Task) => Task[],
  ): Promise<OrderedResults<Result> | undefined>;
}

export interface OrderedResults<Result> {
  /** For each task its result, or those of its parts where it could not be done whole; none where no part of it could be done. */
  readonly results: Result[][];
  /** The worst that kept a part from being done: what all tasks need, else the first. Nothing where all were done. */
  readonly failure: Failure | undefined;
}

/** @param runner does any task, in as many threads as are said. */
export function orderedRunner(
  runner: Runner<never, unknown>,
  threads: number,
  interruption: Interruption,
): OrderedRunner {
  return {
    async runAll<Task extends object, Result>(tasks: readonly Task[], split: (task: Task) => Task[]) {
      /** The parts that stand for each task now, in order; a part with its result once it is done. */
      const parts = tasks.map((task): { task: Task; result?: Result }[] => [{ task }]);
      const places = new Map(tasks.map((task, order) => [task, parts[order]!]));
      let failure: Failure | undefined;
      await dispatch<Task, Result>(tasks, runner as Runner<Task, Result>, threads, interruption, {
        split(task) {
          const smaller = split(task);
          const place = places.get(task)!;
          if (smaller.length > 0) {
            const at = place.findIndex((part) => part.task === task);
            place.splice(at, 1, ...smaller.map((part) => ({ task: part })));
            for (const part of smaller) places.set(part, place);
          }
          return smaller;
        },
        done(task, result) {
          places.get(task)!.find((part) => part.task === task)!.result = result;
        },
        failed(_task, other) {
          if (!failure || (other.unavailable && !failure.unavailable)) failure = other;
        },
      });
      if (interruption.exitCode !== undefined) return undefined;
      return {
        results: parts.map((place) => place.flatMap((part) => ("result" in part ? [part.result!] : []))),
        failure,
      };
    },
  };
}
