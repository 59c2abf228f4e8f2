import { type PurchaseParameters, USUAL_PARAMETERS } from "../customers/purchase-model.ts";
import type { Learned } from "../learning/learned.ts";

/** What is learned across products once a run, before its batches. */
export interface Lessons {
  /** Of demand; nothing where there are too few products or weeks to learn from. */
  readonly demand: Learned | undefined;
  /** Of how customers order. */
  readonly purchases: PurchaseParameters;
}

export const NO_LESSONS: Lessons = { demand: undefined, purchases: USUAL_PARAMETERS };
