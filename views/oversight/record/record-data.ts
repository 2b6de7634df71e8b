// What a page of a kitchen's public record is made of.
export type PublicRecord = {
  readonly site: string;
  readonly name: string;
  readonly nameEn: string | null;
  /** The day from which it is closed; null while it is in business. */
  readonly closedOn: string | null;
  /** The newest first, each with until when it was called so. */
  readonly formerNames: readonly { readonly name: string; readonly nameEn: string | null; readonly at: number }[];
  readonly licence: string;
  readonly licenceUntil: string | null;
  readonly address: string;
  readonly addressEn: string | null;
  /** 信用分, 0–100. */
  readonly credit: number;
  /** Null before the first score. */
  readonly grade: 'A' | 'B' | 'C' | null;
  readonly gradeSince: number | null;
  readonly gradeId: number | null;
  readonly district: string | null;
  readonly districtEn: string | null;
  readonly dineIn: 0 | 1;
  /** Cameras that can be live, and those that are. */
  readonly cameras: number;
  readonly live: number;
  readonly orders: readonly {
    readonly id: number;
    readonly violation: string;
    readonly state: 'issued' | 'answered' | 'accepted' | 'withdrawn';
    readonly at: number;
    readonly closedAt: number | null;
    readonly late: 0 | 1;
  }[];
  readonly visits: readonly {
    readonly id: number;
    readonly result: 'pass' | 'fix' | 'stop' | null;
    readonly at: number;
  }[];
  readonly recalls: readonly {
    readonly product: string;
    readonly productEn: string | null;
    readonly state: 'open' | 'closed';
    readonly answer: 'sent' | 'seen' | 'answered';
    readonly at: number;
  }[];
};
