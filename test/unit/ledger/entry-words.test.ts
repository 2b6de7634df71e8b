// Every kind of ledger entry has its word in both languages, so that no page of the ledger shows a raw name.
import { expect, it } from 'vitest';
import { entryKinds } from '../../../server/ledger/entry.ts';
import { ledger as english } from '../../../views/text/en/ledger.ts';
import { ledger as chinese } from '../../../views/text/zh-CN/ledger.ts';

it('each kind of entry is named in Chinese and in English, each name once', () => {
  for (const { kinds } of [chinese, english]) {
    expect(Object.keys(kinds).sort()).toEqual([...entryKinds].sort());
    expect(new Set(Object.values(kinds)).size).toBe(entryKinds.length);
  }
  expect(Object.values(chinese.kinds).filter((word) => /[a-z]/i.test(word))).toEqual([]);
});
