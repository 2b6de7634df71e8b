// The document a partner tries first: one lot, made at a place of theirs, to be changed before it is sent.

/** `siteId`: a GLN of the sender; `at`: when the goods were made. */
export function firstDocument(siteId: string, at: number): string {
  const place = { id: `https://id.gs1.org/414/${siteId}` };
  const time = new Date(at).toISOString();
  const event = {
    type: 'ObjectEvent',
    action: 'ADD',
    bizStep: 'commissioning',
    eventTime: time,
    eventTimeZoneOffset: '+08:00',
    readPoint: place,
    bizLocation: place,
    quantityList: [{ epcClass: 'https://id.gs1.org/01/06901234501001/10/TEST-1', quantity: 10, uom: 'KGM' }],
  };
  const document = {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: time,
    epcisBody: { eventList: [event] },
  };
  return JSON.stringify(document, undefined, 2);
}

/** XML begins with an angle, JSON with a brace. */
export function mediaTypeOf(document: string): 'application/xml' | 'application/ld+json' {
  return document.trimStart().startsWith('<') ? 'application/xml' : 'application/ld+json';
}
