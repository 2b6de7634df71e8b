// The control chart: how many there may be today, or in a week, given the eight weeks before. docs/sentinel.md explains it.

/** Days a series needs: eight weeks of history, and the week that is looked at. */
export const historyDays = 56;
export const lookedDays = 7;
export const seriesDays = historyDays + lookedDays;
export const windows = [1, 7] as const;
export type Window = (typeof windows)[number];

/** Fewer is no spike, however seldom it happens. */
export const leastCount = 3;
/** The whole house, all series together: one false alarm in so many days, when nothing is wrong. */
export const falseAlarmEveryDays = 30;

export type Alarm = {
  readonly window: Window;
  readonly count: number;
  /** What the history leads to expect in the window. */
  readonly expected: number;
  /** The least count that is an alarm. */
  readonly limit: number;
  /** How likely that many or more are when nothing has changed. */
  readonly chance: number;
};

/** What each test of a day may err by, so that all together keep to the stated rate. */
export function chanceOfEach(series: number): number {
  return 1 / (falseAlarmEveryDays * Math.max(1, series) * windows.length);
}

/**
 * `counts`: a day each, the last is today, `seriesDays` of them. `left`: days of the history that were alarms themselves,
 * by their place. The window with the smaller chance, when that is below `alpha`.
 */
export function alarmOf(counts: readonly number[], alpha: number, left: ReadonlySet<number>): Alarm | undefined {
  const history = counts.slice(0, historyDays).filter((_, day) => !left.has(day));
  if (history.length < historyDays / 2) return undefined;
  const alarms = windows.flatMap((window) => {
    const count = sum(counts.slice(-window));
    const model = predicted(history, window);
    const chance = tail(count, model);
    if (count < leastCount || chance >= alpha) return [];
    return [{ window, count, expected: model.mean, limit: limitOf(model, alpha), chance }];
  });
  return alarms.sort((a, b) => a.chance - b.chance)[0];
}

type Model = { readonly mean: number; readonly shape: number };

/**
 * What the next `window` days bring, as a negative binomial: Poisson counts whose rate is known from the history alone
 * (Gamma–Poisson with Jeffreys' prior), wider where the history itself spreads more than Poisson.
 */
function predicted(history: readonly number[], window: number): Model {
  const mean = ((sum(history) + 0.5) * window) / history.length;
  const variance = mean * spread(history) * (1 + window / history.length);
  return { mean, shape: (mean * mean) / (variance - mean) };
}

/** Variance over mean, at least 1: complaints come in clusters, and weekends differ. */
function spread(history: readonly number[]): number {
  const mean = sum(history) / history.length;
  if (mean === 0) return 1;
  const squares = history.reduce((total, count) => total + (count - mean) ** 2, 0);
  return Math.max(1, squares / (history.length - 1) / mean);
}

/** P(X ≥ count). */
function tail(count: number, model: Model): number {
  let below = 0;
  for (const chance of chances(model, count)) below += chance;
  return Math.max(0, 1 - below);
}

function limitOf(model: Model, alpha: number): number {
  let [below, limit] = [0, 0];
  for (const chance of chances(model, 100_000)) {
    if (1 - below < alpha && limit >= leastCount) return limit;
    below += chance;
    limit += 1;
  }
  return limit;
}

/** P(X = 0), P(X = 1) … for `count` values. */
function* chances({ mean, shape }: Model, count: number): Generator<number> {
  const ratio = mean / (shape + mean);
  let chance = Math.exp(-shape * Math.log1p(mean / shape));
  for (let value = 0; value < count; value++) {
    yield chance;
    chance *= ((value + shape) / (value + 1)) * ratio;
  }
}

function sum(list: readonly number[]): number {
  return list.reduce((total, each) => total + each, 0);
}
