// Scores places anew: all of them at night, and after something happened those it happened to.
import { dayMs, hourMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { setCameraWeights } from '../../kitchen/camera/set-camera-weights.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { backTest, type Tested } from './back-test.ts';
import {
  gradeAfter,
  halfLivesRead,
  type RiskFact,
  type RiskRule,
  type RiskScore,
  type Standing,
  scoreOf,
  tierOf,
  visitBy,
} from './risk.ts';
import { riskFacts } from './risk-fact-store.ts';
import { placesToScore, type ScoredPlace } from './risk-place-store.ts';
import { ruleInForce } from './risk-rule-store.ts';
import { markOf, setMark } from './risk-store.ts';
import { sitesTouched } from './touched-store.ts';

type ScoreDeps = Pick<Deps, 'db' | 'clock'>;

const fullEveryMs = 20 * hourMs;
const nightFrom = 2;
const nightUntil = 5;
const sitesAtOnce = 2_000;
/** How often kitchens of a grade are looked at beside one another, when not all can be as often as asked. */
const weights = { A: 1, B: 1.5, C: 2 } as const;

/** The `score-risk` job: whoever something happened to, and once a night everybody. How many were scored. */
export function scoreRisk(deps: ScoreDeps): number {
  const now = deps.clock();
  // A clock that ran ahead and was set right again has left a mark that lies in the future: it says nothing.
  const mark = Number(markOf(deps.db, 'full') ?? 0);
  const last = mark > now ? 0 : mark;
  const hour = new Date(now + 8 * hourMs).getUTCHours();
  const due = now - last >= fullEveryMs && (last === 0 || (hour >= nightFrom && hour < nightUntil));
  if (due || now - last >= 2 * dayMs) return scoreAll(deps);
  const { sites, until } = sitesTouched(deps.db, Number(markOf(deps.db, 'seq') ?? -1));
  const scored = sites.length === 0 ? 0 : scoreSites(deps, sites);
  if (until !== undefined) writeTransaction(deps.db, () => setMark(deps.db, 'seq', String(until)));
  return scored;
}

/** Everybody, with the back-test of the day. */
export function scoreAll(deps: ScoreDeps): number {
  const { db, clock } = deps;
  const now = clock();
  const seq = db.sqlite.prepare('SELECT coalesce(max(seq), -1) FROM ledger_entry').pluck().get() as number;
  const scored = scoreSites(deps, undefined);
  writeTransaction(db, () => {
    setMark(db, 'full', String(now));
    setMark(db, 'seq', String(seq));
    setMark(db, 'back-test', JSON.stringify({ at: now, ...testBack(db, now) }));
  });
  return scored;
}

/** In pieces, so that nobody who writes waits for all of them. */
function scoreSites({ db, clock }: ScoreDeps, sites: readonly string[] | undefined): number {
  const now = clock();
  const { id: ruleId, rule } = ruleInForce(db);
  const facts = riskFacts(db, { since: now - readMs(rule), until: now, sites });
  const places = placesToScore(db, sites);
  for (let from = 0; from < places.length; from += sitesAtOnce)
    writeTransaction(db, () => {
      const given = places.slice(from, from + sitesAtOnce).map((place) => {
        const { grade } = keepScore(db, { place, facts: facts.get(place.site) ?? [], rule, ruleId, now });
        return [place.site, weights[grade]] as const;
      });
      setCameraWeights(db, new Map(given));
    });
  return places.length;
}

type Scoring = {
  readonly place: ScoredPlace;
  readonly facts: readonly RiskFact[];
  readonly rule: RiskRule;
  readonly ruleId: number;
  readonly now: number;
};

function keepScore(db: Db, { place, facts, rule, ruleId, now }: Scoring): Standing {
  const score = scoreOf(facts, rule, now);
  const before = place.grade === null ? undefined : { grade: place.grade, since: place.since ?? now };
  const standing = gradeAfter(before, score, rule, now);
  if (standing.grade !== before?.grade) keepGrade(db, place.site, { standing, score, ruleId, now });
  const tier = tierOf(standing.grade, score);
  db.sqlite
    .prepare(
      `INSERT INTO risk_score (site_id, kind, score, grade, grade_since, tier, visit_by, last_fact_at, parts, scored_at)
       VALUES (@site, @kind, @score, @grade, @since, @tier, @visitBy, @lastFactAt, @parts, @now)
       ON CONFLICT (site_id) DO UPDATE SET kind = excluded.kind, score = excluded.score, grade = excluded.grade,
         grade_since = excluded.grade_since, tier = excluded.tier, visit_by = excluded.visit_by,
         last_fact_at = excluded.last_fact_at, parts = excluded.parts, scored_at = excluded.scored_at`,
    )
    .run({
      site: place.site,
      kind: place.kind,
      score: score.score,
      ...standing,
      tier,
      visitBy: visitBy(score, standing, place.visitedAt ?? undefined, rule, now),
      lastFactAt: score.lastFactAt ?? null,
      parts: JSON.stringify(score.parts.filter(({ count }) => count > 0)),
      now,
    });
  return standing;
}

type Graded = { readonly standing: Standing; readonly score: RiskScore; readonly ruleId: number; readonly now: number };

function keepGrade(db: Db, site: string, { standing, score, ruleId, now }: Graded): void {
  db.sqlite
    .prepare('INSERT INTO risk_grade (site_id, grade, score, rule_id, at) VALUES (?, ?, ?, ?, ?)')
    .run(site, standing.grade, score.score, ruleId, now);
  const body = { grade: standing.grade, score: score.score, rule: ruleId };
  appendEntry(db, { kind: 'risk-grade', subject: `site/${site}`, body, at: now });
}

const testedDays = 30;
const criticalFrom = 1;

/** Scores as they would have been thirty days ago, against what happened since: who visited whom is asked nowhere. */
function testBack(db: Db, now: number) {
  const { rule } = ruleInForce(db);
  const then = now - testedDays * dayMs;
  const before = riskFacts(db, { since: then - readMs(rule), until: then });
  const after = riskFacts(db, { since: then, until: now });
  const tested = placesToScore(db, undefined)
    .filter(({ kind }) => kind === 'kitchen')
    .map(({ site }): Tested => {
      const critical = (after.get(site) ?? []).filter(
        ({ part, severity }) => severity >= criticalFrom && part !== 'licence' && part !== 'cameras',
      );
      return { site, score: scoreOf(before.get(site) ?? [], rule, then).score, critical: critical.length };
    });
  return backTest(tested);
}

function readMs({ halfLifeDays }: RiskRule): number {
  return halfLivesRead * halfLifeDays * dayMs;
}
