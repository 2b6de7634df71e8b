// How identifiers and vocabulary are spelled in an answer: as they came, or as the asker wants (GS1-EPC-Format, GS1-CBV-XML-Format).

import { type Vocabulary, webName } from '../event/cbv.ts';
import type { JsonObject, JsonValue } from '../event/event.ts';
import { epcOf, placeOf } from '../event/gs1-epc.ts';
import { isObject } from '../event/json-value.ts';

export const epcFormats = ['No_Preference', 'Never_Translates', 'Always_GS1_Digital_Link'] as const;
export type EpcFormat = (typeof epcFormats)[number];
/** Of XML alone: JSON has bare names always. */
export const cbvFormats = ['No_Preference', 'Always_URN', 'Always_Web_URI'] as const;
export type CbvFormat = (typeof cbvFormats)[number];

/** URNs of GS1 keys become links of id.gs1.org; whatever is no GS1 key stays. The event's hash is that of the original. */
export function withDigitalLinks(event: JsonObject): JsonObject {
  return mapped(event, {
    ...each(['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList', 'parentID'], linkOf),
    ...each(['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'], (one) =>
      inside(one, 'epcClass', linkOf),
    ),
    ...each(['readPoint', 'bizLocation'], (one) => inside(one, 'id', placeLinkOf)),
    sourceList: (one) => inside(one, 'source', placeLinkOf),
    destinationList: (one) => inside(one, 'destination', placeLinkOf),
  });
}

/** Bare names of the core vocabulary become web URIs, which XML then keeps. */
export function withWebNames(event: JsonObject): JsonObject {
  const typed =
    (vocabulary: Vocabulary): Change =>
    (one) =>
      inside(one, 'type', webOf(vocabulary));
  return mapped(event, {
    bizStep: webOf('bizStep'),
    disposition: webOf('disposition'),
    persistentDisposition: (one) => inside(inside(one, 'set', webOf('disposition')), 'unset', webOf('disposition')),
    bizTransactionList: typed('bizTransaction'),
    sourceList: typed('sourceDestination'),
    destinationList: typed('sourceDestination'),
    errorDeclaration: (one) => inside(one, 'reason', webOf('errorReason')),
  });
}

type Change = (value: JsonValue) => JsonValue;

const textOnly =
  (change: (text: string) => string): Change =>
  (value) =>
    typeof value === 'string' ? change(value) : value;
const linkOf = textOnly((text) => epcOf(text).uri);
const placeLinkOf = textOnly((text) => placeOf(text).uri);
const webOf = (vocabulary: Vocabulary) => textOnly((text) => webName(vocabulary, text));

function each(names: readonly string[], change: Change): Record<string, Change> {
  return Object.fromEntries(names.map((name) => [name, change]));
}

/** The named fields changed, each item of a list by itself. */
function mapped(event: JsonObject, changes: Readonly<Record<string, Change>>): JsonObject {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => {
      const change = Object.hasOwn(changes, name) ? changes[name] : undefined;
      return [name, change === undefined ? value : itemwise(value, change)];
    }),
  );
}

function inside(value: JsonValue, name: string, change: Change): JsonValue {
  if (!isObject(value) || value[name] === undefined) return value;
  return { ...value, [name]: itemwise(value[name], change) };
}

function itemwise(value: JsonValue, change: Change): JsonValue {
  return Array.isArray(value) ? value.map(change) : change(value);
}
