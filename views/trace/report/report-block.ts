// The blocks a report is made of, whatever it is printed on.
export type ReportColumn = {
  readonly label: string;
  readonly align: 'left' | 'right';
  /** Its part of the width, among those of its table. */
  readonly width: number;
};

export type ReportBlock =
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [string, string])[] }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table';
      /** Null where the section's own heading says it. */
      readonly title: string | null;
      readonly columns: readonly ReportColumn[];
      readonly rows: readonly (readonly string[])[];
      /** A last line that adds the others up. */
      readonly total?: readonly string[];
    }
  | { readonly kind: 'chain' };

export type ReportSection = { readonly id: string; readonly title: string; readonly blocks: readonly ReportBlock[] };
export const left = (label: string, width: number): ReportColumn => ({ label, align: 'left', width });
export const right = (label: string, width: number): ReportColumn => ({ label, align: 'right', width });
