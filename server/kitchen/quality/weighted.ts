// Totals estimated from findings that stand for several frames each, and ratios of such totals, with 95 % intervals.

/** `weight`: how many frames a finding stands for, one over the chance with which its frame was drawn. */
export type Estimate = { readonly total: number; readonly low: number; readonly high: number };

const tail = 0.025;

/**
 * The total behind weighted findings, with the gamma interval of Fay and Feuer (1997). It is right for few findings and
 * for unequal weights, and none found is not none there: `largest` is what one more finding could stand for.
 */
export function weightedTotal(weights: readonly number[], largest: number): Estimate {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spread = weights.reduce((sum, weight) => sum + spreadOf(weight), 0);
  const most = Math.max(largest, ...weights, 1);
  const above = total + most;
  const spreadAbove = spread + spreadOf(most);
  return {
    total,
    low: spread === 0 ? total : (spread / total) * gammaQuantile(tail, total ** 2 / spread),
    high: spreadAbove === 0 ? total : (spreadAbove / above) * gammaQuantile(1 - tail, above ** 2 / spreadAbove),
  };
}

/** What one finding adds to the variance; nothing where every frame was drawn. */
function spreadOf(weight: number): number {
  return weight * (weight - 1);
}

/** a + plus − minus, where `a` was counted and not estimated. The intervals are put together after Zou and Donner (2008). */
export function correctedTotal(counted: number, plus: Estimate, minus: Estimate): Estimate {
  const total = counted + plus.total - minus.total;
  const below = Math.hypot(plus.total - plus.low, minus.high - minus.total);
  const above = Math.hypot(plus.high - plus.total, minus.total - minus.low);
  return { total: Math.max(0, total), low: Math.max(0, total - below), high: Math.max(0, total + above) };
}

export type Rate = { readonly share: number; readonly low: number; readonly high: number };

/** part / (part + rest) of two independent estimates, after Donner and Zou (2012). Undefined where neither was found. */
export function shareOfTotals(part: Estimate, rest: Estimate): Rate | undefined {
  if (part.total + rest.total <= 0) return undefined;
  const low = lowRatio(part, rest);
  const high = highRatio(part, rest);
  return {
    share: part.total / (part.total + rest.total),
    low: low / (1 + low),
    high: high === Number.POSITIVE_INFINITY ? 1 : high / (1 + high),
  };
}

function lowRatio(part: Estimate, rest: Estimate): number {
  const [m, l, r, u] = [part.total, part.low, rest.total, rest.high];
  if (m === 0 || u === 0) return 0;
  const under = Math.max(0, (m * r) ** 2 - l * u * (2 * m - l) * (2 * r - u));
  const divisor = u * (2 * r - u);
  // The upper end of the rest lies beyond twice its estimate: the plain bound is the careful one.
  return divisor <= 0 ? l / u : Math.max(0, (m * r - Math.sqrt(under)) / divisor);
}

function highRatio(part: Estimate, rest: Estimate): number {
  const [m, u, r, l] = [part.total, part.high, rest.total, rest.low];
  const divisor = l * (2 * r - l);
  if (divisor <= 0) return Number.POSITIVE_INFINITY;
  if (u > 2 * m) return u / l;
  const under = Math.max(0, (m * r) ** 2 - u * l * (2 * m - u) * (2 * r - l));
  return (m * r + Math.sqrt(under)) / divisor;
}

/** The value below which a gamma variable of this shape and scale 1 lies with probability `p`. */
export function gammaQuantile(p: number, shape: number): number {
  let [low, high] = [0, shape + 40 * Math.sqrt(shape) + 40];
  while (high - low > 1e-10 * Math.max(1, high)) {
    const middle = (low + high) / 2;
    if (gammaBelow(shape, middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const mostTerms = 10_000;

/** The regularised incomplete gamma function P(shape, x): its series below shape + 1, its continued fraction above. */
function gammaBelow(shape: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < shape + 1 ? front * series(shape, x) : 1 - front * fraction(shape, x);
}

function series(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < mostTerms && term > sum * 1e-15; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

/** Lentz's method. */
function fraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < mostTerms; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (a * d + b || tiny);
    c = b + a / c || tiny;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

function logGamma(value: number): number {
  if (value < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * value)) - logGamma(1 - value);
  const at = value - 1;
  const base = at + lanczos.length - 0.5;
  const sum = lanczos.reduce((so, factor, index) => so + factor / (at + index + 1), 0.9999999999998099);
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(sum);
}
