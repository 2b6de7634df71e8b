// Two lots that are one, told of again afterwards, and two that were parted again: for the check that builds the graph anew.
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { mergeLots } from '../../server/trace/merge/merge-lots.ts';
import { undoMerge } from '../../server/trace/merge/undo-merge.ts';
import { documentOf, events, hour, type Json, lotUri, places, products } from './cast.ts';
import type { Cast } from './kitchen-cast.ts';
import type { TestServer } from './server.ts';

export function playMerges({ deps, db, cast }: TestServer & { readonly cast: Cast }): void {
  const capture = (list: readonly Json[]) =>
    captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
  const [kept, given, parted] = ['07', 'O7', '77'].map((batch) => lotUri(products.belly, `MG${batch}`)) as [
    string,
    string,
    string,
  ];
  const idOf = (code: string) => lotByCode(db, code)?.id ?? 0;
  const merge = (from: string) =>
    mergeLots(deps, { fromId: idOf(from), intoId: idOf(kept), reason: 'typed wrong' }, cast.admin);
  const sensor = { sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 9, uom: 'CEL' }] }] };
  capture([
    events.commission(hour(20), places.wholesaler, [[kept, 30, 'KGM']]),
    events.ship(hour(21), places.wholesaler, undefined, [[kept, 12, 'KGM']]),
    events.receive(hour(22), places.dingxiang, undefined, [[given, 12, 'KGM']], sensor),
    events.receive(hour(22), places.haiwei, undefined, [[parted, 2, 'KGM']], sensor),
  ]);
  merge(given);
  const { mergeId } = merge(parted);
  capture([
    events.sell(hour(23), places.dingxiang, [[given, 3, 'KGM']]),
    events.sell(hour(23), places.haiwei, [[parted, 1, 'KGM']]),
  ]);
  undoMerge(deps, { mergeId, intoId: idOf(kept), reason: 'two boxes' }, cast.admin);
}
