/**
 * Exponential and logarithm in plain arithmetic: those of JavaScript engines differ in the last bit, and the same in shall
 * give the same out on all of them. Both are right to about 1e-15.
 */

const LN2_HIGH = 0.693_147_180_369_123_8;
const LN2_LOW = 1.908_214_929_270_587_7e-10;
const SQRT2 = Math.SQRT2;
/** 1/3, 1/5 … 1/21, the last first: of the series of artanh. */
const ARTANH = Float64Array.from({ length: 10 }, (_, i) => 1 / (21 - 2 * i));
/** 1/13!, 1/12! … 1/0!. */
const INVERSE_FACTORIALS = inverseFactorials(13).reverse();

function inverseFactorials(count: number): Float64Array {
  const inverses = new Float64Array(count + 1);
  let factorial = 1;
  for (let n = 0; n <= count; n++) {
    factorial *= Math.max(1, n);
    inverses[n] = 1 / factorial;
  }
  return inverses;
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** Natural logarithm; NaN below zero, −∞ of zero. */
export function log(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  if (x < 2.3e-308) return log(x * 0x40_0000_0000_0000) - 54 * Math.LN2;
  float[0] = x;
  let exponent = (words[1]! >>> 20) - 1023;
  // The mantissa with the exponent of one.
  words[1] = (words[1]! & 0x000f_ffff) | 0x3ff0_0000;
  let mantissa = float[0]!;
  if (mantissa > SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh((m − 1) / (m + 1)).
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let series = 0;
  for (let i = 0; i < ARTANH.length; i++) series = (series + ARTANH[i]!) * square;
  return exponent * LN2_HIGH + (exponent * LN2_LOW + 2 * z * series + 2 * z);
}

/** e to the power of `x`. */
export function exp(x: number): number {
  if (x > 709.78) return Number.POSITIVE_INFINITY;
  if (x < -745.13) return 0;
  if (Number.isNaN(x)) return x;
  const exponent = Math.round(x / Math.LN2);
  const rest = x - exponent * LN2_HIGH - exponent * LN2_LOW;
  let series = 0;
  for (let i = 0; i < INVERSE_FACTORIALS.length; i++) series = series * rest + INVERSE_FACTORIALS[i]!;
  // In two steps, for the smallest and largest results.
  const half = Math.trunc(exponent / 2);
  return series * powerOfTwo(half) * powerOfTwo(exponent - half);
}

function powerOfTwo(exponent: number): number {
  words[0] = 0;
  words[1] = (exponent + 1023) << 20;
  return float[0]!;
}

/** `base` to the power of `exponent`; the base is above zero. */
export function power(base: number, exponent: number): number {
  return exp(exponent * log(base));
}
