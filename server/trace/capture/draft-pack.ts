// Drafts packed into two texts, so that a read document crosses from one thread to another for a fifth of what its objects would cost.
import type { Fault } from '../../http/problem.ts';
import type { EdgeRole, EventLinks, Line, Mention, Mixture, Passage } from '../event/chain-links.ts';
import type { Epc } from '../event/event.ts';
import type { EventDraft } from '../event/event-draft.ts';
import type { FaultyEvent, SoundEvent } from './capture-document.ts';

export type PackedEvents = {
  /** JSON of `Packed`. */
  readonly head: string;
  /** The JSON of all events, one behind the other. */
  readonly texts: string;
};

/** Names and things stand once in the document; events say their numbers. −1: none. */
type Packed = {
  readonly names: readonly string[];
  readonly epcs: readonly Epc[];
  readonly events: readonly (PackedEvent | FaultyEvent)[];
};

/** null: an amount that was not said. */
type Numbers = readonly (number | null)[];

type PackedEvent = readonly [
  place: string,
  hash: string,
  row: Numbers,
  passage: Numbers | 0,
  mixture: Numbers | 0,
  mentions: Numbers,
  rest: Rest | 0,
];

/** What few events have, as it is. */
type Rest = Pick<EventDraft, 'bizTransactions' | 'readings' | 'lotFacts'> &
  Pick<EventLinks, 'containerChange'> & { readonly warnings: readonly Fault[] };

export function packEvents(events: readonly (SoundEvent | FaultyEvent)[]): PackedEvents {
  const table = newTable();
  const texts: string[] = [];
  const packed = events.map((read) => {
    if ('faults' in read) return read;
    texts.push(read.draft.json);
    return packEvent(table, read);
  });
  const head: Packed = { names: table.names, epcs: table.epcs, events: packed };
  return { head: JSON.stringify(head), texts: texts.join('') };
}

export function unpackEvents({ head, texts }: PackedEvents): (SoundEvent | FaultyEvent)[] {
  const { names, epcs, events } = JSON.parse(head) as Packed;
  let from = 0;
  return events.map((packed) => {
    if ('faults' in packed) return packed;
    const length = packed[2][0] ?? 0;
    const json = texts.slice(from, from + length);
    from += length;
    return unpackEvent(names, epcs, packed, json);
  });
}

type Table = {
  readonly names: string[];
  readonly epcs: Epc[];
  readonly name: (text: string | null | undefined) => number;
  readonly epc: (epc: Epc) => number;
};

function newTable(): Table {
  const [names, epcs]: [string[], Epc[]] = [[], []];
  const [nameAt, epcAt] = [new Map<string, number>(), new Map<string, number>()];
  return {
    names,
    epcs,
    name: (text) => (text === null || text === undefined ? -1 : numberOf(nameAt, names, text, text)),
    // Two spellings of one thing differ in what a warning would repeat.
    epc: (epc) => numberOf(epcAt, epcs, epc.given, epc),
  };
}

function numberOf<T>(known: Map<string, number>, list: T[], key: string, item: T): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  known.set(key, list.length);
  return list.push(item) - 1;
}

function packEvent(table: Table, { place, hash, draft, warnings }: SoundEvent): PackedEvent {
  const { name } = table;
  const { passage, mixture, containerChange, mentions } = draft.links;
  const { bizTransactions, readings, lotFacts } = draft;
  const row = [
    draft.json.length,
    draft.declaredAt,
    name(draft.uri),
    name(draft.kind),
    name(draft.action),
    name(draft.bizStep),
    name(draft.disposition),
    draft.at,
    draft.zoneMinutes,
    name(draft.readPoint),
    name(draft.bizLocation),
    name(draft.context),
  ];
  const isPlain =
    bizTransactions.length + readings.length + warnings.length === 0 &&
    lotFacts === undefined &&
    containerChange === undefined;
  return [
    place,
    hash,
    row,
    passage === undefined ? 0 : packPassage(table, passage),
    mixture === undefined ? 0 : packMixture(table, mixture),
    mentions.flatMap(({ epc, role }) => [table.epc(epc), name(role)]),
    isPlain ? 0 : { bizTransactions, readings, lotFacts, containerChange, warnings },
  ];
}

function packPassage(table: Table, { role, from, to, via, lines }: Passage): Numbers {
  return [role, table.name(from), table.name(to), via.length, ...via.map(table.name), ...packLines(table, lines)];
}

function packMixture(table: Table, { at, processId, inputs, outputs }: Mixture): Numbers {
  return [
    table.name(at),
    table.name(processId),
    inputs.length,
    ...packLines(table, inputs),
    ...packLines(table, outputs),
  ];
}

function packLines(table: Table, lines: readonly Line[]): Numbers {
  return lines.flatMap(({ epc, quantity, unit }) => [table.epc(epc), quantity ?? null, table.name(unit)]);
}

type Names = readonly string[];
type Epcs = readonly Epc[];

function unpackEvent(
  names: Names,
  epcs: Epcs,
  [place, hash, row, passage, mixture, mentions, rest]: PackedEvent,
  json: string,
): SoundEvent {
  const text = (column: number) => names[row[column] ?? -1] ?? null;
  const draft = {
    declaredAt: row[1] ?? 0,
    uri: text(2),
    kind: text(3) ?? '',
    action: text(4),
    bizStep: text(5),
    disposition: text(6),
    at: row[7] ?? 0,
    zoneMinutes: row[8] ?? 0,
    readPoint: text(9),
    bizLocation: text(10),
    context: text(11) ?? '',
    json,
    links: {
      passage: passage === 0 ? undefined : unpackPassage(names, epcs, passage),
      mixture: mixture === 0 ? undefined : unpackMixture(names, epcs, mixture),
      containerChange: rest === 0 ? undefined : rest.containerChange,
      mentions: unpackMentions(names, epcs, mentions),
    },
    bizTransactions: rest === 0 ? nothing : rest.bizTransactions,
    readings: rest === 0 ? nothing : rest.readings,
    lotFacts: rest === 0 ? undefined : rest.lotFacts,
  };
  return { place, hash, draft, warnings: rest === 0 ? nothing : rest.warnings };
}

const nothing: readonly never[] = [];

function unpackPassage(names: Names, epcs: Epcs, packed: Numbers): Passage {
  const lines = 4 + (packed[3] ?? 0);
  return {
    role: packed[0] as EdgeRole,
    from: names[packed[1] ?? -1],
    to: names[packed[2] ?? -1],
    via: packed.slice(4, lines).map((at) => names[at ?? -1] ?? ''),
    lines: unpackLines(names, epcs, packed, lines, packed.length),
  };
}

function unpackMixture(names: Names, epcs: Epcs, packed: Numbers): Mixture {
  const outputs = 3 + 3 * (packed[2] ?? 0);
  return {
    at: names[packed[0] ?? -1] ?? '',
    processId: names[packed[1] ?? -1],
    inputs: unpackLines(names, epcs, packed, 3, outputs),
    outputs: unpackLines(names, epcs, packed, outputs, packed.length),
  };
}

function unpackLines(names: Names, epcs: Epcs, packed: Numbers, from: number, until: number): Line[] {
  const lines: Line[] = [];
  for (let at = from; at < until; at += 3) {
    const unit = names[packed[at + 2] ?? -1];
    lines.push({ epc: epcs[packed[at] ?? -1] as Epc, quantity: packed[at + 1] ?? undefined, unit });
  }
  return lines;
}

function unpackMentions(names: Names, epcs: Epcs, packed: Numbers): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < packed.length; at += 2) {
    const role = names[packed[at + 1] ?? -1] as Mention['role'];
    mentions.push({ epc: epcs[packed[at] ?? -1] as Epc, role });
  }
  return mentions;
}
