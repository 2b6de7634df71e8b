// Gathers what the page of a draw shows.
import type { DrawnLine, DrawView } from '../../../views/oversight/draw/draw-page.tsx';
import type { DrawLine } from '../../../views/oversight/draw/draws-page.tsx';
import type { Db } from '../../store/db.ts';
import { siteNames } from '../visit/site-name-store.ts';
import { visitsOfRef } from '../visit/site-visit-store.ts';
import { beaconPath, certificatePath } from './beacon.ts';
import type { Draw } from './draw-store.ts';

const shownLots = 300;
export const publicBeacons = { 'drand-quicknet': 'https://api.drand.sh', 'nist-2': 'https://beacon.nist.gov' } as const;

export function drawLine({ id, title, state, publishedAt, targets, drawn, committedAt: at }: Draw): DrawLine {
  return { id, title, state: publishedAt === null ? state : 'published', targets, drawn: drawn?.length ?? null, at };
}

export function drawData(draw: Draw): DrawView['draw'] {
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
    unmanned: drawn?.filter(({ inspectors }) => inspectors.length === 0).length ?? 0,
  };
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
  const visits = visitsOfRef(db, 'draw', `draw/${id}`);
  return lots.map(({ id: siteId, stratum, inspectors }) => {
    const visit = visits.get(siteId);
    return {
      name: names.get(siteId)?.name ?? siteId,
      nameEn: names.get(siteId)?.nameEn ?? null,
      stratum,
      inspectors: inspectors.flatMap((person) => people.get(person) ?? []),
      outcome: visit?.result ?? null,
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
