// Gathers what the page of a draw shows.
import type { DrawView } from '../../../views/oversight/draw/draw-page.tsx';
import type { DrawnLine } from '../../../views/oversight/draw/drawn-lots.tsx';
import type { DrawLine } from '../../../views/oversight/draw/draws-page.tsx';
import type { Db } from '../../store/db.ts';
import { siteNames } from '../visit/site-name-store.ts';
import { visitsOfRef } from '../visit/site-visit-store.ts';
import { beaconPath, certificatePath } from './beacon.ts';
import { changedSince, closedAmong, inspectorsLeft } from './draw-change-store.ts';
import type { Draw } from './draw-store.ts';
import type { DrawnTarget } from './lottery.ts';

const shownLots = 300;
export const publicBeacons = { 'drand-quicknet': 'https://api.drand.sh', 'nist-2': 'https://beacon.nist.gov' } as const;

export function drawLine({ id, title, state, publishedAt, targets, drawn, committedAt: at }: Draw): DrawLine {
  return { id, title, state: publishedAt === null ? state : 'published', targets, drawn: drawn?.length ?? null, at };
}

export function drawData(db: Db, draw: Draw): DrawView['draw'] {
  const { rule, ruleHash, poolHash, seedHash, beacon, drawn } = draw;
  const { source, round, certificate } = rule.beacon;
  return {
    ...drawLine(draw),
    inspectors: draw.inspectors,
    strata: Object.entries(rule.sizes).map(([stratum, size]) => ({ stratum, size })),
    recent: { days: rule.leftOut.recentDays, count: rule.leftOut.recent },
    hashes: { pool: poolHash, rule: ruleHash, seed: seedHash },
    entry: draw.entry,
    beacon: {
      source,
      round,
      at: draw.roundAt,
      address: `${publicBeacons[source]}${beaconPath(source, round)}`,
      certificate:
        certificate === undefined
          ? null
          : { id: certificate, address: `${publicBeacons[source]}${certificatePath(certificate)}` },
      randomness: beacon?.randomness ?? null,
    },
    merged: draw.merged ?? 0,
    unmanned: unmannedOf(db, drawn ?? []),
    changed: draw.state === 'committed' ? changedSince(db, draw.id) : { closed: 0, gone: 0 },
  };
}

/** Lots that nobody of those who were drawn for them can go to; a closed kitchen waits for nobody. */
function unmannedOf(db: Db, drawn: readonly DrawnTarget[]): number {
  const [closed, may] = [closedAmong(db, drawn), inspectorsLeft(db, drawn)];
  return drawn.filter(({ id, inspectors }) => !closed.has(id) && !inspectors.some((each) => may.has(each))).length;
}

/** The lots with their names and what the visits found; `opens`: the reader may open the visits. */
export function drawnLines(db: Db, { id, drawn }: Draw, opens: { readonly visits: 'open' | 'shut' }): DrawnLine[] {
  const lots = (drawn ?? []).slice(0, shownLots);
  const names = siteNames(
    db,
    lots.map((lot) => lot.id),
  );
  const people = peopleOf(
    db,
    lots.flatMap(({ inspectors }) => inspectors),
  );
  const [closed, may] = [closedAmong(db, lots), inspectorsLeft(db, lots)];
  const visits = visitsOfRef(db, 'draw', `draw/${id}`);
  return lots.map(({ id: siteId, stratum, inspectors }) => {
    const visit = visits.get(siteId);
    return {
      name: names.get(siteId)?.name ?? siteId,
      nameEn: names.get(siteId)?.nameEn ?? null,
      stratum,
      inspectors: inspectors.flatMap((person) => {
        const known = people.get(person);
        return known === undefined ? [] : [{ ...known, isGone: !may.has(person) }];
      }),
      outcome: visit?.result ?? null,
      closedOn: closed.get(siteId) ?? null,
      visitHref: visit === undefined || opens.visits === 'shut' ? null : `/visits/${visit.id}`,
    };
  });
}

type Person = { readonly id: number; readonly name: string; readonly nameEn: string | null };

function peopleOf(db: Db, ids: readonly number[]): Map<number, Person> {
  const rows = db.sqlite
    .prepare('SELECT id, name, name_en AS nameEn FROM account WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify([...new Set(ids)])) as Person[];
  return new Map(rows.map((row) => [row.id, row]));
}
