// A Redis that would lose samples is not begun with, and says how to mend it.
import { expect, it } from 'vitest';
import { unfitness } from '../../../server/jobs/examine-redis.ts';

it('a Redis that evicts or keeps nothing on disk is refused with what to set; one that does neither suits', () => {
  expect(unfitness({ keeps: true, evicts: true })).toContain('maxmemory-policy noeviction');
  expect(unfitness({ keeps: false, evicts: false })).toContain('appendonly yes');
  expect(unfitness({ keeps: true, evicts: false })).toBeUndefined();
});
