// Every number is made of uniform draws with + − × ÷ and square roots only, which IEEE 754 rounds alike everywhere, so
// that every runtime simulates the same orders to the bit: no Math.exp, log, sin or pow, whose last bit the language
// leaves open.
import { firstReaching } from "./running-sums.ts";

/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna, 2021, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 47), its state filled by splitmix (Steele et al., 2014, OOPSLA) with 32-bit words. The keys, 32-bit integers,
 * name one stream of numbers, whose values do not depend on what other streams were asked for.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(...keys: readonly number[]) {
    let state = 0;
    for (const key of keys) state = scramble((state ^ key) + 0x9e3779b9);
    this.#a = scramble(state + 0x9e3779b9);
    this.#b = scramble(state + 0x3c6ef372);
    this.#c = scramble(state + 0xdaa66d2b);
    this.#d = scramble(state + 0x78dde6e4);
  }

  /** In [0, 1). */
  uniform(): number {
    const product = Math.imul(this.#b, 5);
    const word = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return (word >>> 0) / 0x100000000;
  }

  /** 0, 1, … n − 1. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** 0, 1, … with the probabilities whose running sums, up to any total, are given. */
  index(sums: Float64Array): number {
    return Math.min(sums.length - 1, firstReaching(sums, this.uniform() * sums.at(-1)!));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Mean 1; by comparisons alone (von Neumann, 1951, "Various techniques used in connection with random digits"). */
  exponential(): number {
    for (let whole = 0; ; whole++) {
      const fraction = this.uniform();
      let last = fraction;
      let next = this.uniform();
      let falls = 0;
      while (next < last) {
        last = next;
        next = this.uniform();
        falls++;
      }
      if (falls % 2 === 0) return whole + fraction;
    }
  }

  /** Gamma-distributed with mean 1 and an integer shape: the mean of as many exponential numbers. */
  gamma(shape: number): number {
    let sum = 0;
    for (let i = 0; i < shape; i++) sum += this.exponential();
    return sum / shape;
  }

  /** Nearly log-normal, median 1; `spread` is the logarithm's standard deviation. At most about exp(3.5 spread). */
  logNormal(spread: number): number {
    const sumOfFour = this.uniform() + this.uniform() + this.uniform() + this.uniform();
    return exponentialOf(spread * (sumOfFour - 2) * Math.sqrt(3));
  }
}

function scramble(word: number): number {
  let z = word | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** Roughly e to the power of x, |x| < 8: the compound growth of 1024 small steps. */
function exponentialOf(x: number): number {
  let power = 1 + x / 1024;
  for (let doubling = 0; doubling < 10; doubling++) power *= power;
  return power;
}
