// How far reviewers agree, for each pair of people and each kind: over flags and frames that two judged blind.
import type { Db } from '../../store/db.ts';
import { type Agreement, agreementOf, type JudgedPair } from '../flag/agreement.ts';
import { kindsOf } from '../flag/decision.ts';
import { wholeFrame } from '../violation/violation-kinds.ts';
import type { Span } from './miss-evidence-store.ts';

export type PairAgreement = Agreement & {
  /** The two account ids, the smaller first; undefined for all pairs together. */
  readonly people: readonly [number, number] | undefined;
  readonly violation: string;
};

const mostJudgedTwice = 20_000;

/**
 * One line a kind for everybody, then one a kind and pair of people, the most often judged first; of `person`, only what
 * they were one of the two in.
 */
export function agreements(db: Db, span: Span, person?: number): PairAgreement[] {
  const groups = new Map<string, { people: PairAgreement['people']; violation: string; pairs: JudgedPair[] }>();
  const add = (people: PairAgreement['people'], violation: string, pair: JudgedPair) => {
    const key = `${people?.join() ?? ''} ${violation}`;
    const group = groups.get(key) ?? { people, violation, pairs: [] };
    group.pairs.push(pair);
    groups.set(key, group);
  };
  const mine = ({ firstBy, secondBy }: TwiceJudged) =>
    person === undefined || firstBy === person || secondBy === person;
  for (const row of judgedTwice(db, span).filter(mine)) {
    for (const violation of kindsAsked(row)) {
      const said: JudgedPair = [saidOf(row.first, violation), saidOf(row.second, violation)];
      add(undefined, violation, said);
      // Who is named first must not depend on who happened to look first.
      if (row.firstBy < row.secondBy) add([row.firstBy, row.secondBy], violation, said);
      else add([row.secondBy, row.firstBy], violation, [said[1], said[0]]);
    }
  }
  const lines = [...groups.values()].map(({ people, violation, pairs }) => ({
    people,
    violation,
    ...agreementOf(pairs),
  }));
  return lines.sort((a, b) => rank(a) - rank(b) || b.pairs - a.pairs);
}

function rank({ people }: PairAgreement): number {
  return people === undefined ? 0 : 1;
}

type Said = { readonly decision: string; readonly violation: string; readonly kinds: readonly string[] | null };
type TwiceJudged = {
  readonly asked: readonly string[];
  readonly firstBy: number;
  readonly secondBy: number;
  readonly first: Said;
  readonly second: Said;
};

function kindsAsked({ asked, first, second }: TwiceJudged): string[] {
  return [...new Set([...asked, ...kindsOf(first), ...kindsOf(second)])].filter((id) => id !== wholeFrame);
}

function saidOf(said: Said, violation: string): string {
  if (said.decision === 'unsure') return 'unsure';
  return kindsOf(said).includes(violation) ? 'present' : 'absent';
}

type Row = {
  violation: string;
  asked: string | null;
  firstBy: number;
  firstDecision: string;
  firstViolation: string;
  firstKinds: string | null;
  secondBy: number;
  secondDecision: string;
  secondViolation: string;
  secondKinds: string | null;
};

function judgedTwice(db: Db, span: Span): TwiceJudged[] {
  const standing = `NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes IN (a.id, b.id))`;
  const rows = db.sqlite
    .prepare(
      `SELECT f.violation, (SELECT json_group_array(json_extract(k.value, '$.violation')) FROM json_each(d.asked) k) AS asked,
          a.by AS firstBy, a.decision AS firstDecision, a.violation AS firstViolation, a.kinds AS firstKinds,
          b.by AS secondBy, b.decision AS secondDecision, b.violation AS secondViolation, b.kinds AS secondKinds
        FROM verdict b JOIN flag f ON f.id = b.flag_id JOIN verdict a ON a.flag_id = f.id AND a.stage = 'first'
        LEFT JOIN audit_draw d ON d.flag_id = f.id
        WHERE b.stage = 'blind' AND b.at >= @from AND b.at < @to AND a.decision <> 'undone' AND b.decision <> 'undone'
          AND a.seen = 1 AND b.seen = 1 AND ${standing} ORDER BY b.id DESC LIMIT ${mostJudgedTwice}`,
    )
    .all(span) as Row[];
  return rows.map((row) => ({
    asked: row.asked === null || row.asked === '[]' ? [row.violation] : (JSON.parse(row.asked) as string[]),
    firstBy: row.firstBy,
    secondBy: row.secondBy,
    first: { decision: row.firstDecision, violation: row.firstViolation, kinds: read(row.firstKinds) },
    second: { decision: row.secondDecision, violation: row.secondViolation, kinds: read(row.secondKinds) },
  }));
}

function read(kinds: string | null): string[] | null {
  return kinds === null ? null : (JSON.parse(kinds) as string[]);
}
