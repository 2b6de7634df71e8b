// A draw by NIST's beacon: with a certificate named it has to be signed by it; without one only a person brings the pulse, and the doubt is shown.
import { expect, it } from 'vitest';
import { registerRestaurant } from '../../../server/kitchen/shop/register-restaurant.ts';
import { type DrawRecord, verifyRecord } from '../../../server/oversight/draw/draw-record.ts';
import { certificateOfNist, pasted, pulseAt } from '../../support/nist-pulse.ts';
import { signedIn } from '../../support/people.ts';
import { openTestServer } from '../../support/server.ts';

const admin = { id: 0, name: 'admin', role: 'admin', sites: [], via: 'session' } as const;

async function openWith(environment: Record<string, string>) {
  const server = openTestServer({ environment: { NIST_BEACON_URL: 'https://beacon.nist.gov', ...environment } });
  server.clock.pass(pulseAt - 600_000 - server.clock.now());
  for (const shop of ['1', '2', '3'])
    registerRestaurant(server.deps, admin, {
      name: `鼎香 ${shop} 店`,
      licence: `JY2330000000000${shop}`,
      address: '临江路',
      opensAt: '09:00',
      closesAt: '22:00',
    });
  const chen = await signedIn(server, { login: 'chen', role: 'inspector', name: '陈敏' });
  const form = { title: '抽查', kinds: 'kitchen', size: '2', inspectors: '1', recentDays: '90', source: 'nist-2' };
  const asked = await chen.text('/draws');
  expect((await chen.go('/draws', { ...form, round: String(pulseAt / 60_000) })).status).toBe(303);
  server.clock.pass(600_000);
  const answer = async (text: string, lang = '') =>
    (await chen.go(`/draws/1/beacon${lang}`, text === '' ? { from: 'beacon', answer: '' } : { answer: text })).text();
  const state = () => server.db.sqlite.prepare('SELECT state FROM draw').pluck().get();
  const signature = async () => {
    const record = (await (await chen.go('/draws/1/record.json')).json()) as DrawRecord;
    const checks = await verifyRecord(record);
    expect(checks.filter(({ ok }) => ok === false)).toEqual([]);
    return checks.find(({ check }) => check === 'signature');
  };
  return { chen, asked, answer, state, signature };
}

it('commits to the certificate, refuses whatever it has not signed, and anybody checks the signature again', async () => {
  const { chen, asked, answer, state, signature } = await openWith({
    NIST_BEACON_CERTIFICATE: certificateOfNist.toUpperCase(),
  });
  expect(asked).not.toContain('签名无法核对');
  expect(await chen.text('/draws/1')).toContain(`beacon.nist.gov/beacon/2.0/certificate/${certificateOfNist}`);
  expect(await answer(pasted({}, ''))).toContain('接上锁定的那张证书');
  expect(await answer(pasted({}, ''), '?lang=en')).toContain('The committed certificate has to follow the answer');
  expect(await answer(pasted({ localRandomValue: 'AB'.repeat(64) }))).toContain('有数字被改过');
  expect(
    await answer(JSON.stringify({ pulse: { timeStamp: '2018-08-30T17:44:00Z', outputValue: 'ab'.repeat(64) } })),
  ).toContain('不是信标的答复');
  expect(state()).toBe('committed');
  await answer(pasted());
  expect(state()).toBe('drawn');
  expect(await chen.text('/draws/1')).toContain('信标的签名已核对');
  expect(await signature()).toMatchObject({ ok: true, detail: expect.stringContaining('CN=engine.beacon.nist.gov') });
});

it('without a certificate is not read by itself, and whoever types the pulse is told that nobody can check it', async () => {
  const { chen, asked, answer, state, signature } = await openWith({});
  expect(asked).toContain('签名无法核对');
  const waiting = await chen.text('/draws/1');
  expect(waiting).toContain('有可能自己编造答复');
  expect(waiting).not.toContain('读取信标并抽取');
  expect(await answer('')).toContain('系统不自动读取');
  expect(await answer('', '?lang=en')).toContain('it is not read by itself');
  expect(state()).toBe('committed');
  await answer(pasted({}, ''));
  expect(state()).toBe('drawn');
  expect(await chen.text('/draws/1?lang=en')).toContain('whoever types the answer could have made it up');
  expect(await signature()).toMatchObject({ ok: undefined });
});
