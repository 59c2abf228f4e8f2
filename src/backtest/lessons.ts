import { type Lessons, learn, noLessons } from "../learning/learn.ts";
import type { LearningRunner } from "../learning/runner.ts";
import type { LearningPlan } from "../learning/sample.ts";
import type { LearningOptions } from "../learning/training-rows.ts";

/** What `run` does, and the same with a part left out, to see what the part is worth. */
const VARIANTS = {
  auto: {},
  "no-learning": undefined,
  "no-customers": { withCustomers: false },
  "no-combination": { singleMethod: "mean13" },
} satisfies Record<string, Partial<LearningOptions> | undefined>;

export type Variant = keyof typeof VARIANTS;

export const VARIANT_NAMES = Object.keys(VARIANTS) as Variant[];

/** What each variant that is measured learned at an origin, before its batches. */
export type LessonsOfVariants = Partial<Record<Variant, Lessons>>;

/**
 * @param methods names of all methods that are measured.
 * @throws Error when learning failed: what is measured then would be another method.
 */
export async function learnVariants(
  methods: readonly string[],
  plan: LearningPlan,
  runner: LearningRunner,
): Promise<LessonsOfVariants> {
  const lessons: LessonsOfVariants = {};
  for (const variant of VARIANT_NAMES.filter((name) => methods.includes(name))) {
    const change = VARIANTS[variant];
    const { options } = plan;
    const learned = change
      ? await learn({ ...plan, options: { ...options, ...change } }, runner)
      : await noLessons(options);
    if (learned.failure !== undefined) throw new Error(`nothing was learned across products: ${learned.failure}`);
    lessons[variant] = learned;
  }
  return lessons;
}
