import { expect, test } from "vitest";
import { minimise, minimiseFrom } from "../../src/numeric/brent.ts";
import { minimiseSimplex } from "../../src/numeric/nelder-mead.ts";

test("Brent's method finds a minimum inside, and comes as near as it may to one at the edge", () => {
  expect(minimise((x) => (x - 0.3) ** 4 + x, 0, 1, 1e-8)).toBeCloseTo(0, 6);
  expect(minimise((x) => Math.cosh(x - 0.7), 0, 2, 1e-8)).toBeCloseTo(0.7, 6);
  expect(minimise((x) => -x, 0, 1, 1e-6)).toBeCloseTo(1, 5);
});

test("Brent's method needs few evaluations where the function is smooth, and none beyond those allowed", () => {
  let evaluations = 0;
  const objective = (x: number) => {
    evaluations++;
    return (x - 0.3) ** 2 + 0.1 * (x - 0.3) ** 3;
  };
  minimise(objective, 0, 1, 1e-6);
  expect(evaluations).toBeLessThan(15);
  evaluations = 0;
  minimise(objective, 0, 1, 1e-12, 5);
  expect(evaluations).toBe(5);
});

test("from a grid the better of two minima is found, also at the edge", () => {
  const twoMinima = (x: number) => Math.min((x - 0.1) ** 2, (x - 0.8) ** 2 - 0.01);
  expect(minimiseFrom([0, 0.3, 0.7, 1], twoMinima, 1e-6, 50)).toBeCloseTo(0.8, 4);
  expect(minimiseFrom([0, 0.5, 1], (x) => x, 1e-6, 50)).toBe(0);
});

const rosenbrock = ([x, y]: Float64Array) => 100 * (y! - x! * x!) ** 2 + (1 - x!) ** 2 + 1;

test("the simplex finds a minimum inside its bounds, and on them", () => {
  const within = { start: [-1.2, 1], steps: [0.5, 0.5], low: [-5, -5], high: [5, 5] };
  const [x, y] = minimiseSimplex(rosenbrock, within, 1e-12, 1000);
  expect([x, y]).toEqual([expect.closeTo(1, 3), expect.closeTo(1, 3)]);
  const [edge] = minimiseSimplex(rosenbrock, { ...within, high: [0.5, 5] }, 1e-12, 1000);
  expect(edge).toBeCloseTo(0.5, 4);
});

test("the simplex starts within its bounds, and stops when it may try no more", () => {
  const tried: number[] = [];
  const space = { start: [2], steps: [1], low: [0], high: [2] };
  const objective = ([x]: Float64Array) => tried.push(x!) && x! ** 2;
  minimiseSimplex(objective, space, 0, 10);
  expect(tried.every((x) => x >= 0 && x <= 2)).toBe(true);
  expect(tried.length).toBeLessThan(13);
});
