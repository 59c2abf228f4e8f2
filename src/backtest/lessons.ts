import { type LearningPlan, type LearningRunner, type Lessons, learn, noLessons } from "../learning/learn.ts";
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

/** @param methods names of all methods that are measured. */
export async function learnVariants(
  methods: readonly string[],
  plan: LearningPlan,
  runner: LearningRunner,
): Promise<LessonsOfVariants> {
  const lessons: LessonsOfVariants = {};
  for (const variant of VARIANT_NAMES.filter((name) => methods.includes(name))) {
    const change = VARIANTS[variant];
    const { options } = plan;
    lessons[variant] = change
      ? await learn({ ...plan, options: { ...options, ...change } }, runner)
      : await noLessons(options);
  }
  return lessons;
}
