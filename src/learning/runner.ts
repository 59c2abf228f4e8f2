import type { LearningResults, LearningTask } from "./task.ts";

/** Does tasks somewhere, such as in threads; what fails there is its own affair. */
export interface LearningRunner {
  /**
   * @param split gives smaller tasks that are the same together, or none of a task that is a single product.
   * @returns nothing where nobody waits for the result any more.
   */
  runAll<Task extends LearningTask>(
    tasks: readonly Task[],
    split: (task: Task) => Task[],
  ): Promise<Learned<LearningResults[Task["kind"]]> | undefined>;
}

/** What became of tasks. */
interface Learned<Result> {
  /** For each task, in order, its result, or those of its parts where some of it could not be done. */
  readonly results: readonly Result[][];
  /** Why something could not be done; `unavailable` where the source as a whole is out of reach. */
  readonly failure?: { readonly reason: string; readonly unavailable: boolean } | undefined;
}

/** There is nothing to go on with: for the reason in the message, or because nobody waits any more where it is empty. */
export class NotLearned extends Error {}

/** @throws NotLearned */
export async function doAll<Task extends LearningTask>(
  runner: LearningRunner,
  tasks: readonly Task[],
  split: (task: Task) => Task[],
): Promise<Learned<LearningResults[Task["kind"]]>> {
  const done = await runner.runAll(tasks, split);
  if (!done) throw new NotLearned();
  if (done.failure?.unavailable) throw new NotLearned(done.failure.reason);
  return done;
}
