// From a model's raw numbers to probabilities: sigmoid, softmax, and temperature calibration of either.

export function sigmoid(value: number): number {
  return Number.isFinite(value) ? 1 / (1 + Math.exp(-value)) : 0;
}

export function softmax(values: readonly number[]): number[] {
  const top = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** A probability with its logit divided by the temperature: above 1 makes an over-confident model modest. */
export function calibrated(probability: number, temperature: number): number {
  if (temperature === 1 || probability <= 0 || probability >= 1) return Math.min(1, Math.max(0, probability));
  return sigmoid(Math.log(probability / (1 - probability)) / temperature);
}
