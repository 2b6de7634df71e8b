// Reads live edges into columns, of many holdings in the order of time or of many steps, and counts them.
import { type Db, prepared } from '../../store/db.ts';
import type { UnitAt } from './chain.ts';
import { appendPacked, type EdgeColumns, type Packed, packedColumns, unitNames } from './chain-columns.ts';
import { asList, denseSpan, type Part, partsOf, type Span } from './id-span.ts';
import { eventOfStep, strandSpan } from './strand.ts';

type Range = { readonly from: number; readonly until: number };
const everything: Range = { from: Number.MIN_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER };

export const edgesOf = prepared(prepare);

/** Names the unit of a row, asking the database where it is none of the usual ones. */
export function unitReader(db: Db): UnitAt {
  const { rareUnit } = edgesOf(db);
  return (columns, row) => {
    const name = unitNames[columns.unit[row] ?? -1];
    return name === undefined ? rareUnit(columns.step[row] ?? 0, columns.holding[row] ?? 0) : name;
  };
}

function prepare(db: Db) {
  const rare = ['edge_in', 'edge_out'].map((table) =>
    db.sqlite
      .prepare(
        `SELECT unit FROM ${table} WHERE event_id = ? AND strand = ? AND holding_id = ? AND unit IS NOT NULL LIMIT 1`,
      )
      .pluck(),
  );
  return {
    /** How many live edges lead to these holdings. */
    countOut: prepareCount(db),
    rareUnit: (step: number, holdingId: number): string | null => {
      for (const statement of rare) {
        const unit = statement.get(eventOfStep(step), step % strandSpan, holdingId);
        if (typeof unit === 'string') return unit;
      }
      return null;
    },
    inByHolding: prepareByHolding(db, 'edge_in'),
    outByHolding: prepareByHolding(db, 'edge_out'),
    inByStep: prepareByStep(db, 'edge_in'),
    outByStep: prepareByStep(db, 'edge_out'),
  };
}

type Table = 'edge_in' | 'edge_out';

// What was captured together lies together: where the ids asked for are neighbours, their span is read in one go, which
// takes half of looking each up. CROSS JOIN keeps SQLite from starting at the edges: ids first, then one range each.
function prepareByHolding(db: Db, table: Table) {
  const rows = `x.voided_by IS NULL AND x.at >= @from AND x.at <= @until`;
  const listed = db.sqlite
    .prepare(
      `SELECT ${packedColumns('j.key', 'step')} FROM json_each(@list) j
       CROSS JOIN ${table} x INDEXED BY ${table}_holding ON x.holding_id = j.value AND ${rows}`,
    )
    .raw();
  const spanned = db.sqlite
    .prepare(
      `SELECT ${packedColumns('(x.holding_id - @least)', 'step')} FROM ${table} x INDEXED BY ${table}_holding
       WHERE x.holding_id >= @least AND x.holding_id <= @most AND ${rows}`,
    )
    .raw();
  return (ids: readonly number[], columns: EdgeColumns, { from, until }: Range = everything) => {
    for (const part of partsOf(ids)) {
      const span = denseSpan(part);
      const packed =
        span === undefined
          ? listed.get({ list: asList(part.ids), from, until })
          : spanned.get({ least: span.least, most: span.most, from, until });
      appendPacked(columns, packed as Packed, ids, (span ?? part).asked, 'step');
    }
  };
}

function prepareByStep(db: Db, table: Table) {
  const listed = db.sqlite
    .prepare(
      `SELECT ${packedColumns('j.key', 'holding')} FROM json_each(?) j CROSS JOIN ${table} x
         ON x.event_id = j.value / ${strandSpan} AND x.strand = j.value % ${strandSpan} AND x.voided_by IS NULL`,
    )
    .raw();
  const spanned = db.sqlite
    .prepare(
      `SELECT ${packedColumns('(x.event_id - @least)', 'holding')} FROM ${table} x
       WHERE x.event_id >= @least AND x.event_id <= @most AND x.strand = @strand AND x.voided_by IS NULL`,
    )
    .raw();
  const read = (steps: readonly number[], columns: EdgeColumns) => {
    for (const part of partsOf(steps, steps.map(eventOfStep))) {
      const strand = (part.ids[0] ?? 0) % strandSpan;
      const span = spanOfEvents(part, strand);
      const packed =
        span === undefined ? listed.get(asList(part.ids)) : spanned.get({ least: span.least, most: span.most, strand });
      appendPacked(columns, packed as Packed, steps, (span ?? part).asked, 'holding');
    }
  };
  // Most moves are of one lot: their strand is the first, and apart from the others they may make spans.
  return (steps: readonly number[], columns: EdgeColumns) => {
    const first = steps.filter((step) => step % strandSpan === 1);
    read(first, columns);
    if (first.length < steps.length)
      read(
        steps.filter((step) => step % strandSpan !== 1),
        columns,
      );
  };
}

/** The span of the events of steps, where they are one strand each and all the same. */
function spanOfEvents({ ids, asked }: Part, strand: number): Span | undefined {
  if (ids.some((step) => step % strandSpan !== strand)) return undefined;
  return denseSpan({ ids: ids.map(eventOfStep), asked });
}

function prepareCount(db: Db): (ids: readonly number[]) => number {
  const edges = 'edge_out x INDEXED BY edge_out_holding';
  const listed = db.sqlite
    .prepare(
      `SELECT count(*) FROM json_each(?) j CROSS JOIN ${edges} ON x.holding_id = j.value AND x.voided_by IS NULL`,
    )
    .pluck();
  const spanned = db.sqlite
    .prepare(`SELECT count(*) FROM ${edges} WHERE x.holding_id >= ? AND x.holding_id <= ? AND x.voided_by IS NULL`)
    .pluck();
  return (ids) => {
    let total = 0;
    for (const part of partsOf(ids)) {
      const span = denseSpan(part);
      // Only where every id of the span was asked for.
      const whole = span !== undefined && span.most - span.least + 1 === part.ids.length;
      total += (whole ? spanned.get(span.least, span.most) : listed.get(asList(part.ids))) as number;
    }
    return total;
  };
}
