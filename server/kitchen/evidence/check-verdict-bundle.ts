// Checks what a verdict's evidence bundle says against the ledger entries in it; reads the bundle alone.
import { hash as digest } from 'node:crypto';
import type { BundleFault } from '../../ledger/bundle-manifest.ts';
import type { StoredEntry } from '../../ledger/entry.ts';
import type { BundleReading } from '../../ledger/evidence-bundle.ts';
import type { VerdictSaid } from './verdict-bundle-store.ts';

type Reading = Pick<BundleReading, 'files' | 'entries'>;
type Said = Readonly<Record<string, unknown>>;

/** Whether the bundle is about a verdict, and not about a lot. */
export function isVerdictBundle({ files }: Pick<BundleReading, 'files'>): boolean {
  return typeof (parsed(files, 'about.json') as Said | undefined)?.['verdict'] === 'number';
}

/** Faults of the flag, its verdicts, its orders, its frame and both sums; empty for a bundle that is whole. */
export function verdictFaults({ files, entries }: Reading): BundleFault[] {
  const flag = parsed(files, 'flag.json') as Said | undefined;
  if (flag === undefined) return [fault('flag.json', 'It is missing.')];
  const own = entries.filter(({ subject }) => subject === `flag/${String(flag['id'])}`);
  return [
    ...flagFaults(flag, own),
    ...verdictsFaults(files, own),
    ...orderFaults(files, entries),
    ...frameFaults(files, String(flag['picture'])),
    ...sumFaults(files),
  ];
}

function flagFaults(flag: Said, own: readonly StoredEntry[]): BundleFault[] {
  const entry = own.find(({ kind }) => kind === 'flag');
  if (entry === undefined) return [fault('flag.json', 'No ledger entry vouches for this flag.')];
  const said = JSON.parse(entry.body) as Said;
  const fields = ['violation', 'score', 'threshold', 'box', 'frameAt', 'picture', 'pack'] as const;
  return fields.flatMap((field) =>
    same(flag[field], said[field]) ? [] : [fault('flag.json', `The ledger has another ${field}.`)],
  );
}

function verdictsFaults(files: BundleReading['files'], own: readonly StoredEntry[]): BundleFault[] {
  const rows = (parsed(files, 'verdicts.json') ?? []) as readonly VerdictSaid[];
  const entries = own
    .filter(({ kind }) => kind === 'verdict')
    .map(({ at, body }) => ({ at, said: JSON.parse(body) as Said }));
  const faults: BundleFault[] = [];
  // What was decided on appeal stands in the order's entries.
  for (const row of rows.filter(({ stage }) => stage !== 'appeal')) {
    const found = entries.find(({ said }) =>
      row.decision === 'undone' ? said['undoes'] === row.undoes : said['verdict'] === row.verdict,
    );
    const holds =
      found !== undefined &&
      found.at === row.at &&
      found.said['by'] === row.by &&
      (row.decision === 'undone' ||
        (found.said['decision'] === row.decision &&
          found.said['violation'] === row.violation &&
          found.said['stage'] === row.stage &&
          same(found.said['kinds'] ?? null, row.kinds)));
    if (!holds)
      faults.push(fault('verdicts.json', `The ledger does not hold verdict ${row.verdict} as it stands here.`));
  }
  const told = entries.filter(({ said }) => said['verdict'] !== undefined).length;
  if (told > rows.filter(({ decision, stage }) => decision !== 'undone' && stage !== 'appeal').length)
    faults.push(fault('verdicts.json', 'The ledger holds a verdict that is left out here.'));
  return faults;
}

type OrderSaid = { readonly order: number; readonly steps: readonly Said[] };

function orderFaults(files: BundleReading['files'], entries: readonly StoredEntry[]): BundleFault[] {
  const orders = (parsed(files, 'orders.json') ?? []) as readonly OrderSaid[];
  return orders.flatMap(({ order, steps }) => {
    const held = entries
      .filter(({ kind, subject }) => kind === 'order' && subject === `order/${order}`)
      .map(({ at, body }) => stepLine(at, JSON.parse(body) as Said));
    const shown = steps.map((step) => stepLine(Number(step['at']), step));
    return same(held, shown) ? [] : [fault('orders.json', `The steps of order ${order} are not those in the ledger.`)];
  });
}

function stepLine(at: number, said: Said): unknown[] {
  return [at, said['step'], said['by'] ?? null, said['text'] ?? null, said['photo'] ?? null];
}

/** Unblurred it is the very picture that was flagged; blurred it can only be held against the manifest. */
function frameFaults(files: BundleReading['files'], picture: string): BundleFault[] {
  const path = `pictures/${picture}-sharp.jpg`;
  const bytes = files.get(path);
  if (bytes === undefined || digest('sha256', bytes, 'hex') === picture) return [];
  return [
    fault(path, 'It is not the picture that was flagged: parts of it were made black for privacy, or it was changed.'),
  ];
}

function sumFaults(files: BundleReading['files']): BundleFault[] {
  const sums = (parsed(files, 'sums.json') ?? {}) as Readonly<Record<string, { sha256: string; sm3: string }>>;
  if (Object.keys(sums).length === 0) return [fault('sums.json', 'It is missing.')];
  return Object.entries(sums).flatMap(([path, sum]) => {
    const bytes = files.get(path);
    const holds =
      bytes !== undefined && digest('sha256', bytes, 'hex') === sum.sha256 && digest('sm3', bytes, 'hex') === sum.sm3;
    return holds ? [] : [fault(path, 'Its SHA-256 or SM3 is not the one in sums.json.')];
  });
}

function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** The order of names in an object says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function fault(place: string, detail: string): BundleFault {
  return { place, byte: null, detail };
}

function parsed(files: BundleReading['files'], path: string): unknown {
  try {
    return JSON.parse(files.get(path)?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}
