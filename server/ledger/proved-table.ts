// How a table is vouched for: what of its rows the ledger holds, what is built again from documents, what nobody vouches for and why.
import { hash } from 'node:crypto';
import { canonicalJson } from './entry.ts';

/**
 * `rows`: each change of a row is in the ledger entry of its transaction. `digests`: the same, as a digest of the row.
 * `documents`: built again from the captured documents. `both`: built from documents, and in the entry where something else changes it.
 * `lists`: one digest over many rows is in the entry that wrote them. `own`: the ledger's own tables, which its tree vouches for.
 * `nobody`: nothing vouches for it, and `why` says why that is right.
 */
export type Vouching = 'rows' | 'digests' | 'documents' | 'both' | 'lists' | 'own' | 'nobody';

export type ProvedTable = {
  readonly table: string;
  readonly by: Vouching;
  readonly key: readonly string[];
  /** Vouched for, the key among them. */
  readonly columns: readonly string[];
  /** Those of `columns` whose values stay out of the ledger: it holds their SHA-256. */
  readonly hashed: readonly string[];
  /** Columns nobody vouches for, each with the reason. */
  readonly left: Readonly<Record<string, string>>;
  readonly why?: string;
  /** Which rows are vouched for, as a condition over `row`; all when left out. `why`: what the others are. */
  readonly only?: { readonly rows: string; readonly why: string };
  /** Built from documents, and yet its rows of before the first plan are held, as digests: not all of them can be built again. */
  readonly asItStood?: true;
  /** The number of the rules by which documents become its rows. */
  readonly rules?: number;
  /** Its rows prove themselves; only their loss has to show. Changes wait for the next entry instead of making one. */
  readonly lazy?: true;
  /** Rows that become evidence with a row added here: SQL over NEW that gives their keys as JSON. */
  readonly alsoNotes?: readonly { readonly table: string; readonly keys: string }[];
};

export type RowValue = string | number | null;
/** One change: what a row became, or null when it was removed. A digest stands for the row in tables vouched for by digests. */
export type RowChange = readonly [
  table: string,
  key: readonly RowValue[],
  row: Readonly<Record<string, RowValue>> | string | null,
];

type Options = Pick<ProvedTable, 'why' | 'only' | 'alsoNotes' | 'asItStood' | 'lazy' | 'rules'> & {
  readonly key?: string;
  readonly hashed?: string;
  readonly left?: Readonly<Record<string, string>>;
};

/** A line of the list. `columns` and `key` are names with spaces between them; the key is `id` unless said. */
export function proved(table: string, by: Vouching, columns: string, options: Options = {}): ProvedTable {
  const { key = 'id', hashed = '', left = {}, ...more } = options;
  return { table, by, columns: words(columns), key: words(key), hashed: words(hashed), left, ...more };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Whether changes of its rows are noted for the ledger. */
export function isNoted({ by }: ProvedTable): boolean {
  return by === 'rows' || by === 'digests' || by === 'both';
}

/** What the ledger holds of a row as it stands in the table. */
export function rowSaid(
  table: ProvedTable,
  row: Readonly<Record<string, unknown>>,
): Readonly<Record<string, RowValue>> | string {
  const said: Record<string, RowValue> = {};
  for (const column of table.columns) said[column] = valueSaid(row[column], table.hashed.includes(column));
  return table.by === 'digests' || table.by === 'documents' ? digestOfRow(said) : said;
}

export function keyOf(table: ProvedTable, row: Readonly<Record<string, unknown>>): RowValue[] {
  return table.key.map((column) => plain(row[column]));
}

/** 16 bytes are enough: whoever wants two rows of one digest has to find both before the first is signed. */
export function digestOfRow(row: Readonly<Record<string, RowValue>>): string {
  return hash('sha256', canonicalJson(row), 'buffer').subarray(0, 16).toString('base64url');
}

function valueSaid(value: unknown, isHashed: boolean): RowValue {
  if (!isHashed || value === null || value === undefined) return plain(value);
  return `sha256:${hash('sha256', Buffer.isBuffer(value) ? value : String(value), 'hex')}`;
}

function plain(value: unknown): RowValue {
  if (value === undefined || value === null) return null;
  if (Buffer.isBuffer(value)) return `base64:${value.toString('base64')}`;
  return typeof value === 'number' || typeof value === 'string' ? value : String(value);
}

/** One text for one list of changes: what the digest in the entry is made over. */
export function changesText(changes: readonly RowChange[]): string {
  return JSON.stringify(changes);
}

export function readChanges(text: string): RowChange[] {
  return JSON.parse(text) as RowChange[];
}
