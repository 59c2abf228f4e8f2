/** What comes back from a worker thread. Errors lose their class and code between threads, so they go as data. */
export type Answer<Result> = { readonly ok: true; readonly result: Result } | ({ readonly ok: false } & Failure);

/** Why nothing of a task could be done. */
export interface Failure {
  readonly reason: string;
  readonly stack?: string;
  /** True when a source or a cache as a whole is out of reach, so that other tasks would fail as well. */
  readonly unavailable: boolean;
}

export function failureOf(error: unknown, unavailable: boolean): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { reason: message, unavailable, ...(stack === undefined ? {} : { stack }) };
}
