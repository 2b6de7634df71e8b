// Reads what a clerk or another system says of a complaint: lot and place as people name them, the hour where it is known.
import { hourMs } from '../../clock.ts';
import type { Fault } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { type Lot, searchLot } from '../../trace/lot/lot-store.ts';
import { channels } from './complaint.ts';
import { checkComplaint } from './complaint-form.ts';
import type { NewComplaint } from './file-complaint.ts';
import { siteNamed } from './site-named-store.ts';

export type ClerkComplaint = { readonly lot: Lot | null; readonly complaint: NewComplaint };

/** `values`: as typed. `ticket`: what makes a repeat the same complaint. */
export function readClerkForm(
  db: Db,
  values: Readonly<Record<string, string>>,
  { now, ticket }: { readonly now: number; readonly ticket: string },
): { readonly ok: true; readonly read: ClerkComplaint } | { readonly ok: false; readonly faults: readonly Fault[] } {
  const checked = checkComplaint(values, now);
  const faults: Fault[] = checked.ok ? [] : [...checked.faults];
  const fault = (place: string, code: string, detail: string) => faults.push({ place: `/${place}`, code, detail });
  const of = (name: string) => (values[name] ?? '').trim();
  const channel = channels.find((known) => known === of('channel')) ?? 'phone12345';
  const lot = of('lot') === '' ? null : lotNamed(db, of('lot'), fault);
  const siteId = of('site') === '' ? null : placeNamed(db, of('site'), fault);
  if (of('lot') === '' && of('site') === '') fault('site', 'about', 'Write a lot code or a restaurant, or both.');
  const hour = of('hour') === '' ? null : Number(of('hour'));
  if (hour !== null && !(Number.isInteger(hour) && hour >= 0 && hour < 24)) fault('hour', 'hour', '0 to 23.');
  if (!checked.ok || faults.length > 0) return { ok: false, faults };
  const { happenedAt } = checked.complaint;
  const from = hour === null ? happenedAt : happenedAt + hour * hourMs;
  const settle = of('settle') === 'shop_first' ? 'shop_first' : 'office';
  const happenedUntil = hour === null ? null : from + hourMs;
  const said = { ...checked.complaint, ticket, channel, siteId, settle, happenedUntil, photo: undefined } as const;
  return { ok: true, read: { lot, complaint: { ...said, happenedAt: from } } };
}

type Say = (place: string, code: string, detail: string) => unknown;

function lotNamed(db: Db, text: string, fault: Say): Lot | null {
  const search = searchLot(db, text.slice(0, 300));
  if (search.found === 'one') return search.lot;
  const several = search.found === 'several' || search.found === 'unsure';
  fault('lot', several ? 'lot_several' : 'lot_unknown', 'Write the whole code of a lot that is known here.');
  return null;
}

function placeNamed(db: Db, text: string, fault: Say): string | null {
  const siteId = siteNamed(db, text);
  if (siteId === undefined) fault('site', 'site_unknown', 'Choose a restaurant from the list.');
  return siteId ?? null;
}
