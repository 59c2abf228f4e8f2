import type { Interruption } from "./interruption.ts";
import type { Answer, Failure } from "./messages.ts";

export interface Runner<Task, Result> {
  run(task: Task): Promise<Answer<Result>>;
}

/** What becomes of tasks, in no particular order. */
export interface TaskHandler<Task, Result> {
  done(task: Task, result: Result): void;
  failed(task: Task, failure: Failure): void;
  /** @returns smaller tasks that are the same together, or none where the task cannot be divided. */
  split(task: Task): Task[];
}

/**
 * Hands tasks to the runner, as many at once as there are workers. A task that fails is split until what fails stands
 * alone; when something that all tasks need is out of reach, what is left fails unasked. After an interruption no more is
 * handed out.
 */
export async function dispatch<Task, Result>(
  queue: readonly Task[],
  runner: Runner<Task, Result>,
  workers: number,
  interruption: Interruption,
  handler: TaskHandler<Task, Result>,
): Promise<void> {
  const left = [...queue];
  let outage: Failure | undefined;

  const work = async () => {
    for (let task = left.shift(); task !== undefined && interruption.exitCode === undefined; task = left.shift()) {
      const answer: Answer<Result> = outage ? { ok: false, ...outage } : await runner.run(task);
      if (answer.ok) {
        handler.done(task, answer.result);
        continue;
      }
      if (answer.unavailable) outage ??= answer;
      const parts = answer.unavailable ? [] : handler.split(task);
      if (parts.length > 0) left.unshift(...parts);
      else handler.failed(task, answer);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}
