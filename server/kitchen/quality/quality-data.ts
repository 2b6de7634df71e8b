// Gathers what the quality page shows: miss rates by kind, camera group and district, agreement, pace, drift.
import type { MissLine, QualityView } from '../../../views/kitchen/quality/quality-view.ts';
import { namesOf } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Lang } from '../../deps.ts';
import { housePace } from '../desk/pace-store.ts';
import { readSettings } from '../setting/setting-store.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { agreements } from './agreement-store.ts';
import { flagLines } from './drift-store.ts';
import { ratesOf } from './evidence-rates.ts';
import { type AuditedCamera, type MissEvidence, missEvidence, type Span } from './miss-evidence-store.ts';
import { changeOf, type MissRate } from './miss-rate.ts';
import type { Rate } from './weighted.ts';

const quarterDays = 90;
const weekDays = 7;
const mostGroups = 30;
const mostPairLines = 60;

export type QualityData = Omit<QualityView, 'words' | 'here' | 'viewer'>;

export function qualityData(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, lang: Lang): QualityData {
  const { db, clock } = deps;
  const now = clock();
  const span = { from: now - quarterDays * dayMs, to: now + 1 };
  const evidence = missEvidence(db, caller, span);
  const name = (violation: string) => violationWords(violation, lang).name;
  return {
    days: quarterDays,
    auditShare: readSettings(db).auditShare,
    drawn: evidence.drawn,
    judged: evidence.judged,
    judgedTwice: evidence.judgedTwice,
    misses: ratesOf(evidence, () => true).map((rate) => missLine(rate, name(rate.violation))),
    groups: groupLines(evidence, (camera) => ({ name: camera.group, nameEn: camera.groupEn }), name),
    districts: groupLines(
      evidence,
      ({ district, districtEn }) => (district === null ? undefined : { name: district, nameEn: districtEn }),
      name,
    ),
    agreements: agreementLines(deps, span, name),
    pace: housePace(db, now, quarterDays),
    drift: driftLines(deps, caller, now, name),
  };
}

function missLine(rate: MissRate, name: string): MissLine {
  const { audited, found, foundMissed, caught } = rate;
  return { name, audited, found, foundMissed, caught, missed: rate.missed, rate: rate.rate };
}

type GroupName = { readonly name: string; readonly nameEn: string | null };

/** Every kind of a group that has something to say, groups with the most first. */
function groupLines(
  evidence: MissEvidence,
  groupOf: (camera: AuditedCamera) => GroupName | undefined,
  name: (violation: string) => string,
): QualityData['groups'] {
  const groups = new Map<string, GroupName>();
  for (const camera of evidence.cameras.values()) {
    const group = groupOf(camera);
    if (group !== undefined) groups.set(group.name, group);
  }
  const lines = [...groups.values()].map((group) => {
    const rates = ratesOf(evidence, (camera) => groupOf(camera)?.name === group.name);
    const told = rates.filter(({ found, caught }) => found + caught > 0);
    return { ...group, lines: told.map((rate) => missLine(rate, name(rate.violation))) };
  });
  const size = ({ lines: own }: (typeof lines)[number]) => own.reduce((sum, line) => sum + line.found + line.caught, 0);
  return lines
    .filter(({ lines: own }) => own.length > 0)
    .sort((a, b) => size(b) - size(a))
    .slice(0, mostGroups);
}

function agreementLines({ db }: Pick<Deps, 'db'>, span: Span, name: (violation: string) => string) {
  const found = agreements(db, span).slice(0, mostPairLines);
  const names = namesOf(db, [...new Set(found.flatMap(({ people }) => people ?? []))]);
  return found.map(({ people, violation, ...agreement }) => ({
    ...agreement,
    name: name(violation),
    people: people?.map((id) => names.get(id) ?? String(id)),
  }));
}

/** The week against the quarter before it, kind by kind. */
function driftLines(
  { db }: Pick<Deps, 'db'>,
  caller: Caller,
  now: number,
  name: (violation: string) => string,
): QualityData['drift'] {
  const week = { from: now - weekDays * dayMs, to: now + 1 };
  const before = { from: week.from - quarterDays * dayMs, to: week.from };
  const [flagsNow, flagsBefore] = [flagLines(db, caller, week), flagLines(db, caller, before)];
  const [missNow, missBefore] = [week, before].map((span) => ratesOf(missEvidence(db, caller, span), () => true));
  const kinds = new Set([...flagsNow, ...flagsBefore].map(({ violation }) => violation));
  const of = <Line extends { readonly violation: string }>(lines: readonly Line[] | undefined, id: string) =>
    lines?.find(({ violation }) => violation === id);
  return [...kinds].map((id) => ({
    name: name(id),
    flagged: compared(of(flagsNow, id)?.flagged, of(flagsBefore, id)?.flagged),
    right: compared(of(flagsNow, id)?.right, of(flagsBefore, id)?.right),
    missed: compared(of(missNow, id)?.rate, of(missBefore, id)?.rate),
  }));
}

function compared(now: Rate | undefined, before: Rate | undefined) {
  const clear = now !== undefined && before !== undefined && changeOf(now, before).clear;
  return { now, before, clear };
}
