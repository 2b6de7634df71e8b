// The faults of a document, collected with their places, up to a bound that is said when it was reached.

import type { Fault } from '../../http/problem.ts';

export type EpcisFaultCode =
  | 'too_large'
  | 'not_text'
  | 'media_type'
  | 'json_syntax'
  | 'xml_syntax'
  | 'xml_doctype'
  | 'xml_entity'
  | 'xml_prefix'
  | 'too_deep'
  | 'too_many_events'
  | 'not_a_document'
  | 'missing'
  | 'wrong_type'
  | 'unknown_field'
  | 'wrong_order'
  | 'repeated'
  | 'not_a_uri'
  | 'not_a_time'
  | 'not_an_offset'
  | 'not_a_number'
  | 'negative'
  | 'not_in_vocabulary'
  | 'event_type'
  | 'action'
  | 'unit'
  | 'version'
  | 'no_objects'
  | 'ilmd_without_add'
  | 'bad_batch'
  | 'stray_text'
  | 'more_faults';

/** Not faults: the event is taken, and its sender told. */
export type EpcisWarningCode =
  | 'check_digit'
  | 'own_code'
  | 'plain_batch'
  | 'unreadable_date'
  | 'lot_contradicts'
  | 'not_standard'
  | 'said_twice'
  | 'after_record'
  | 'long_before_record';

export type FaultList = { readonly found: Fault[]; readonly most: number; cut: number };

const mostFaults = 200;
const longestDetail = 300;

export function newFaultList(most = mostFaults): FaultList {
  return { found: [], most, cut: 0 };
}

/** `detail` is an English sentence: what was found, what was expected. */
export function addFault(
  list: FaultList,
  place: string,
  code: EpcisFaultCode | EpcisWarningCode,
  detail: string,
): void {
  keepFault(list, { place, code, detail: detail.slice(0, longestDetail) });
}

export function keepFault(list: FaultList, fault: Fault): void {
  if (list.found.length >= list.most) list.cut += 1;
  else list.found.push(fault);
}

/** The faults found and, where some were left out, one more that says how many. */
export function faultsOf(list: FaultList): readonly Fault[] {
  if (list.cut === 0) return list.found;
  return [...list.found, { place: '', code: 'more_faults', detail: `${list.cut} further faults are not listed` }];
}

/** What was found, short enough for a sentence. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined) return 'nothing';
  return text.length > 60 ? `"${text.slice(0, 57)}…"` : `"${text}"`;
}
