// What a chart is told: the one form for drawing it, for its table and for its CSV, so that the three cannot differ.

/** percent: shares from 0 to 1. kappa: agreement, at most 1. */
export type Unit = 'percent' | 'count' | 'seconds' | 'points' | 'kappa' | 'celsius';

/** Undefined: nothing is known there, which is not nought. */
export type ChartPoint = {
  readonly label: string;
  readonly value: number | undefined;
  /** The interval of a measured value. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
};

type Named = {
  /** Names the chart in the CSV and as the page's anchor: `miss-rate`. */
  readonly id: string;
  readonly title: string;
  readonly note?: string | undefined;
};

export type Reference = { readonly value: number; readonly label: string };

/** A value beside others of its kind: kitchens, violations, districts. */
export type BarChart = Named & {
  readonly kind: 'bars';
  readonly unit: Unit;
  /** What the labels name: the head of the table's first column. */
  readonly of: string;
  readonly points: readonly ChartPoint[];
  readonly reference?: Reference | undefined;
};

/** Values that follow one another in even steps: days, weeks. Every series has the same labels. */
export type LineChart = Named & {
  readonly kind: 'line';
  readonly unit: Unit;
  readonly of: string;
  readonly series: readonly { readonly name: string; readonly points: readonly ChartPoint[] }[];
  readonly reference?: Reference | undefined;
};

/** States side by side in time: good is drawn high, warn half, bad low and hatched, none as an empty frame. */
export type Tone = 'good' | 'warn' | 'bad' | 'none';

export type StripChart = Named & {
  readonly kind: 'strip';
  readonly of: string;
  /** The columns, first to last. */
  readonly labels: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly tones: readonly Tone[];
    /** What stands at the end of the row, such as `98.2%`. */
    readonly sum: string;
  }[];
  /** What each tone that occurs means. */
  readonly tones: Readonly<Partial<Record<Tone, string>>>;
};

export type Chart = BarChart | LineChart | StripChart;
