// What several tests of event-links.test.ts share.
import { eventsOf, readEpcisDocument } from '../../server/trace/epcis/document.ts';
import { type EdgeRole, edgeRoles, linksOf } from '../../server/trace/event/chain-links.ts';
import { documentOf, hour, type Json, lotUri, places, placeUri, products } from './cast.ts';

export const { farm, slaughterhouse, wholesaler, dingxiang } = places;

export const belly = lotUri(products.belly, 'A07');

export const roleNames = Object.fromEntries(Object.entries(edgeRoles).map(([name, role]) => [role, name]));

export function linksOfJson(event: Json) {
  const [read] = eventsOf(readEpcisDocument(documentOf([event]).toString(), 'application/ld+json'));
  if (read === undefined) throw new Error('The event was refused.');
  return linksOf(read);
}

export const nameOf = (role: EdgeRole | undefined) => (role === undefined ? undefined : roleNames[role]);

export const passageOf = (event: Json) => {
  const { passage } = linksOfJson(event);
  return passage === undefined ? undefined : [nameOf(passage.role), passage.from, passage.to, ...passage.via];
};

export type Where = { readonly at?: string; readonly seenAt?: string; readonly from?: string; readonly to?: string };

/** An ObjectEvent with these places; `party`: the destination is named as an owner, not as a location. */
export function told(
  bizStep: string | undefined,
  action: string,
  { at, seenAt, from, to }: Where,
  more: Json = {},
): Json {
  const place = (siteId: string) => ({ id: placeUri(siteId) });
  return {
    type: 'ObjectEvent',
    eventTime: new Date(hour(0)).toISOString(),
    eventTimeZoneOffset: '+08:00',
    action,
    ...(bizStep === undefined ? {} : { bizStep }),
    quantityList: [{ epcClass: belly, quantity: 5, uom: 'KGM' }],
    ...(at === undefined ? {} : { bizLocation: place(at) }),
    ...(seenAt === undefined ? {} : { readPoint: place(seenAt) }),
    ...(from === undefined ? {} : { sourceList: [{ type: 'location', source: placeUri(from) }] }),
    ...(to === undefined ? {} : { destinationList: [{ type: 'location', destination: placeUri(to) }] }),
    ...more,
  };
}
