// What the pages of imports are given.
import type { PageView } from '../parts.tsx';

export type Level = 'ask' | 'fault' | 'doubt' | 'note';

export type CellSaid = {
  readonly level: Level;
  readonly row: number;
  /** `B7`. */
  readonly cell: string;
  readonly column: string;
  readonly said: string;
  /** What was read from it, or what it may mean. */
  readonly shown: string | null;
};

export type HeadingLine = {
  /** `C2`. */
  readonly cell: string;
  readonly name: string;
  /** The field of the form that says what it holds. */
  readonly field: string;
  /** A column of lots, idle, or empty where nobody knows. */
  readonly meaning: string;
  readonly how: 'known' | 'chosen' | 'asked';
  readonly near: string | null;
  readonly examples: readonly string[];
};

export type ImportPreview = {
  readonly state: 'ready' | 'stopped';
  readonly sheets: readonly { readonly name: string; readonly chosen: 'chosen' | 'other' }[];
  readonly headings: readonly HeadingLine[];
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly row: number;
    readonly cells: readonly { readonly text: string; readonly said: readonly CellSaid[] }[];
  }[];
  readonly rowCount: number;
  readonly lotCount: number;
  readonly said: readonly CellSaid[];
};

export type ImportLine = {
  readonly publicId: string;
  readonly name: string;
  readonly state: 'draft' | 'waiting' | 'taking' | 'done' | 'cancelled' | 'failed';
  readonly total: number;
  readonly done: number;
  readonly made: number;
  readonly claims: number;
  readonly fault: string | null;
  readonly createdAt: number;
};

export type ImportView = PageView & {
  /** Columns known here, in words, and what a heading may be said to be. */
  readonly columns: readonly { readonly column: string; readonly label: string }[];
  readonly preview: ImportPreview | null;
  /** A pasted sheet, kept in the form; a file stays here under its draft. */
  readonly csv: string;
  readonly draft: { readonly id: string; readonly name: string } | null;
  readonly doubts: 'stop' | 'take';
  readonly done: { readonly made: number; readonly known: number; readonly claims: number } | null;
  readonly recent: readonly ImportLine[];
};
