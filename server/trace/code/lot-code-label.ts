// What people write around a code of the field: the certificate's name, "origin" and "batch", and what parts the two.

import type { OwnLot, OwnLotKind } from './lot-code-own.ts';

/** Words that say which kind of number follows, longest first where one holds another. */
const kindLabels: readonly (readonly [RegExp, OwnLotKind])[] = [
  [/^(?:动物)?检疫(?:合格)?(?:证明|证)?(?:编?号(?:码)?)?|^动检证?(?:号)?/, 'quarantine'],
  [/^肉?品?品?质?检验(?:合格)?(?:证明|证)?(?:编?号(?:码)?)?|^(?:品质)?(?:合格证)(?:编?号(?:码)?)?/, 'quality'],
  [/^(?:食品)?追溯(?:凭证)?码?(?:编?号)?/, 'province'],
  [/^quarantine(?: certificate)?(?: (?:no|number)\b)?/i, 'quarantine'],
  [/^(?:meat )?quality(?: inspection)?(?: certificate)?(?: (?:no|number)\b)?/i, 'quality'],
  [/^(?:trace(?:ability)? code)(?: (?:no|number)\b)?/i, 'province'],
];

const afterLabel = /^\s*(?:no\.?|nr\.?|#)?\s*[:：.、,，№-]?\s*/i;
const originLabel = /^(?:产地|来源|origin)\s*[:：]?\s*/i;
const batchLabel = /[,，;；|／/\s]*(?:生产)?(?:批次码?|批号|batch|lot)(?:\s*(?:no\.?|number))?\s*[:：#]?\s*/i;
const betweenParts = /\s*[|｜]\s*|\t+| {2,}/;

/**
 * `检疫证号：4403…` → quarantine; `产地 平谷 批次 0311`, `平谷 | 0311` → origin and batch; anything else is a batch whose
 * origin nobody gave. A single slash, dash or space never parts: batches contain them.
 */
export function readLabelledCode(input: string): OwnLot {
  // Full-width letters, digits and colons first: half of what is typed on a Chinese keyboard.
  const text = input.normalize('NFKC');
  for (const [label, ownKind] of kindLabels) {
    const found = label.exec(text);
    if (found === null || found[0].length < 2) continue;
    const rest = text.slice(found[0].length).replace(afterLabel, '');
    if (/\d/.test(rest)) return { ownKind, ...parted(rest) };
  }
  return { ownKind: 'batch', ...parted(text) };
}

function parted(text: string): { readonly origin: string; readonly batch: string } {
  const named = batchLabel.exec(text);
  if (named !== null) {
    const batch = text.slice(named.index + named[0].length);
    if (batch.trim() !== '') return { origin: text.slice(0, named.index).replace(originLabel, ''), batch };
  }
  const bar = betweenParts.exec(text);
  if (bar === null) return { origin: '', batch: text };
  const [origin, batch] = [text.slice(0, bar.index), text.slice(bar.index + bar[0].length)];
  return batch.trim() === '' ? { origin: '', batch: origin } : { origin: origin.replace(originLabel, ''), batch };
}
