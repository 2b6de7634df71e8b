// Sessions by themselves: opened, listed, used, ended, forgotten; each with its edge.
import { beforeEach, describe, expect, it } from 'vitest';
import { halfSessionMs, sessionMs } from '../../../server/accounts/account.ts';
import { insertAccount } from '../../../server/accounts/create-account.ts';
import { endSession, signOut } from '../../../server/accounts/session/end-session.ts';
import { lastSeen } from '../../../server/accounts/session/last-seen.ts';
import { closeSession, endSessions, openSession } from '../../../server/accounts/session/open-session.ts';
import { accountOfHalfSession, sessionOpenedAt, sessionsOf } from '../../../server/accounts/session/session-store.ts';
import { dayMs } from '../../../server/clock.ts';
import { sha256Hex } from '../../../server/store/blobs.ts';
import { type Db, openDatabase, writeTransaction } from '../../../server/store/db.ts';

const now = 1_800_000_000_000;
const idleMs = 60_000;
const phone = { address: '192.0.2.7', agent: 'Chrome' };
let db: Db;
let lin: number;
let zhou: number;
beforeEach(() => {
  db = openDatabase(':memory:');
  [lin, zhou] = ['lin', 'zhou'].map((login) =>
    writeTransaction(db, () =>
      insertAccount(db, { login, name: login, role: 'owner', sites: [], passwordHash: null }, 'test', 1),
    ),
  ) as [number, number];
});

const listed = (at = now, cookie?: string) => sessionsOf(db, lin, { now: at, idleMs, cookie });
const hashes = () => db.sqlite.prepare('SELECT hash FROM session ORDER BY created_at, hash').pluck().all();
const events = () => db.sqlite.prepare('SELECT kind, address FROM account_event ORDER BY id').all();

describe('a session', () => {
  it('is kept as a hash of its cookie, with the device it was opened from', () => {
    const cookie = openSession(db, lin, now, { ...phone, agent: 'x'.repeat(400) });
    expect(cookie).toMatch(/^[\w-]{43}$/);
    expect(db.sqlite.prepare('SELECT * FROM session').all()).toEqual([
      {
        hash: sha256Hex(cookie),
        account_id: lin,
        created_at: now,
        expires_at: now + sessionMs,
        stage: 'full',
        address: phone.address,
        agent: 'x'.repeat(300),
      },
    ]);
  });

  it('of its own person is in the list, the newest first, as long as it opens something', () => {
    const first = openSession(db, lin, now - 2, phone);
    const second = openSession(db, lin, now - 1);
    openSession(db, lin, now, phone, 'second');
    openSession(db, zhou, now, phone);
    expect(listed(now, first)).toEqual([
      {
        hash: sha256Hex(second),
        createdAt: now - 1,
        lastSeenAt: now - 1,
        expiresAt: now - 1 + sessionMs,
        address: 'unknown',
        agent: '',
        isThis: false,
      },
      {
        hash: sha256Hex(first),
        createdAt: now - 2,
        lastSeenAt: now - 2,
        expiresAt: now - 2 + sessionMs,
        ...phone,
        isThis: true,
      },
    ]);
    expect(listed().map(({ isThis }) => isThis)).toEqual([false, false]);
  });

  it('leaves the list when its time is over, and when nobody used it for too long', () => {
    const cookie = openSession(db, lin, now);
    const seen = lastSeen(db);
    expect(listed(now + idleMs - 1)).toHaveLength(1);
    expect(listed(now + idleMs)).toHaveLength(0);
    seen.note(sha256Hex(cookie), now + sessionMs - 1);
    expect(listed(now + sessionMs - 1)).toMatchObject([{ lastSeenAt: now + sessionMs - 1 }]);
    expect(listed(now + sessionMs)).toHaveLength(0);
  });

  it('of a start before is quiet since it was first asked for', () => {
    const seen = lastSeen(db);
    expect(seen.at('before')).toBeUndefined();
    expect(seen.quietMs('before', now)).toBe(0);
    expect(seen.quietMs('before', now + 7)).toBe(7);
    seen.note('before', now + 9);
    expect([seen.at('before'), seen.quietMs('before', now + 10)]).toEqual([now + 9, 1]);
  });

  it('that was not used for longest is forgotten first when more than 20,000 are in use, and is quiet since the first question', () => {
    const seen = lastSeen(db);
    expect(seen.quietMs('anybody', now - 50)).toBe(0);
    for (let session = 0; session < 20_000; session++) seen.note(`session ${session}`, now);
    seen.note('session 0', now + 1);
    expect(seen.at('session 1'), 'twenty thousand are remembered').toBe(now);
    seen.note('one more', now + 2);
    expect([seen.at('session 0'), seen.at('session 1'), seen.at('session 2')]).toEqual([now + 1, undefined, now]);
    expect(seen.quietMs('session 1', now)).toBe(50);
  });

  it('tells when it was opened while it lasts, and a half one tells nothing', () => {
    const cookie = openSession(db, lin, now);
    const half = openSession(db, lin, now, phone, 'second');
    expect(sessionOpenedAt(db, cookie, now + sessionMs - 1)).toBe(now);
    expect(sessionOpenedAt(db, cookie, now + sessionMs)).toBeUndefined();
    expect(sessionOpenedAt(db, half, now)).toBeUndefined();
    expect(sessionOpenedAt(db, 'made up', now)).toBeUndefined();
  });

  it('that owes its second factor names its person for ten minutes, unless they were disabled', () => {
    const half = openSession(db, lin, now, phone, 'second');
    const whole = openSession(db, lin, now);
    expect(accountOfHalfSession(db, half, now + halfSessionMs - 1)?.id).toBe(lin);
    expect(accountOfHalfSession(db, half, now + halfSessionMs)).toBeUndefined();
    expect(accountOfHalfSession(db, whole, now)).toBeUndefined();
    expect(accountOfHalfSession(db, 'made up', now)).toBeUndefined();
    db.sqlite.exec('UPDATE account SET disabled_at = 1');
    expect(accountOfHalfSession(db, half, now)).toBeUndefined();
  });

  it('is forgotten thirty days after it was over', () => {
    const old = sha256Hex(openSession(db, lin, now));
    openSession(db, lin, now + sessionMs + 30 * dayMs);
    expect(hashes()).toContain(old);
    openSession(db, lin, now + sessionMs + 30 * dayMs + 1);
    expect(hashes()).not.toContain(old);
  });
});

describe('leaving', () => {
  it('ends this session alone and is written down; leaving twice is no fault and written once', () => {
    const [here, there] = [openSession(db, lin, now), openSession(db, lin, now + 1)];
    signOut(db, here, phone, now);
    signOut(db, here, phone, now);
    expect(hashes()).toEqual([sha256Hex(there)]);
    expect(events()).toEqual([{ kind: 'signed_out', address: phone.address }]);
  });

  it('on another device ends that one; nobody ends another person’s', () => {
    const [here, there] = [openSession(db, lin, now), openSession(db, lin, now + 1)];
    const others = sha256Hex(openSession(db, zhou, now + 2));
    endSession(db, lin, sha256Hex(there), phone, now);
    expect(() => endSession(db, lin, others, phone, now)).toThrow('Nothing is kept');
    expect(hashes()).toEqual([sha256Hex(here), others]);
    expect(events()).toEqual([{ kind: 'session_ended', address: phone.address }]);
  });

  it('everywhere ends all of one person, or all but the one in hand; a closed one is gone without a word', () => {
    const all = [0, 1, 2].map((at) => openSession(db, lin, now + at));
    const others = openSession(db, zhou, now + 3);
    writeTransaction(db, () => endSessions(db, lin, all[1]));
    expect(hashes()).toEqual([sha256Hex(all[1] ?? ''), sha256Hex(others)]);
    writeTransaction(db, () => endSessions(db, lin));
    expect(hashes()).toEqual([sha256Hex(others)]);
    closeSession(db, others);
    expect(hashes()).toEqual([]);
    expect(events()).toEqual([]);
  });
});
