// Captures that wait together share one commit, and nobody pays for another's mistake.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { openCaptureGroup } from '../../../server/trace/capture/capture-group.ts';
import {
  documentOf,
  events,
  hour,
  lotUri,
  openChainHouse,
  places,
  products,
  supplierWang,
} from '../../support/cast.ts';

const read = (number: number) =>
  readForCapture(
    documentOf([events.commission(hour(number / 100), places.farm, [[lotUri(products.pig, `P${number}`), 1, 'KGM']])]),
    'application/ld+json',
  );

describe('captures that wait together', () => {
  it('are one transaction, and each has its own answer and ledger entry', async () => {
    const house = openChainHouse(join(mkdtempSync(join(tmpdir(), 'bk-group-')), 'chain.db'));
    const group = openCaptureGroup(house);
    const before = pagesWritten(house.db.sqlite);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => group.capture(read(n), supplierWang, { onError: 'rollback' })),
    );
    expect(answers.every((answer) => answer.accepted === 1)).toBe(true);
    expect(new Set(answers.map((answer) => answer.captureId)).size).toBe(50);
    expect(house.db.sqlite.prepare('SELECT count(*) FROM ledger_entry').pluck().get()).toBe(50);
    // Fifty commits of their own write the same few pages fifty times over; one commit writes each once.
    expect(pagesWritten(house.db.sqlite) - before).toBeLessThan(100);
  });

  it('are duplicates of each other when they say the same', async () => {
    const house = openChainHouse();
    const group = openCaptureGroup(house);
    const answers = await Promise.all([1, 1].map((n) => group.capture(read(n), supplierWang, { onError: 'rollback' })));
    expect(answers.map((answer) => [answer.accepted, answer.duplicate])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('go on when one of them breaks', async () => {
    const house = openChainHouse();
    const group = openCaptureGroup(house);
    const broken = { ...read(3), events: [{ ...read(3).events[0], hash: 'no hash' } as never] };
    const settled = await Promise.allSettled([
      group.capture(read(2), supplierWang, { onError: 'rollback' }),
      group.capture({ ...broken, kept: undefined as never }, supplierWang, { onError: 'rollback' }),
      group.capture(read(4), supplierWang, { onError: 'rollback' }),
    ]);
    expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(house.db.sqlite.prepare('SELECT count(*) FROM event').pluck().get()).toBe(2);
    expect(house.db.sqlite.prepare('SELECT count(*) FROM event_document').pluck().get()).toBe(2);
  });
});

function pagesWritten(sqlite: { pragma(text: string): unknown }): number {
  const [row] = sqlite.pragma('wal_checkpoint(PASSIVE)') as { log: number }[];
  return row?.log ?? 0;
}
