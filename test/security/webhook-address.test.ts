// S1: no address a subscriber can type, rebind or redirect to makes a delivery reach a server it should not.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Guard } from '../../inference/address-guard.ts';
import type { AddressRule } from '../../inference/types.ts';
import { addressFault, type Posted, postWebhook } from '../../server/trace/subscription/post-webhook.ts';
import { cameraAddress, networkTo } from '../support/camera-network.ts';
import { type Canary, ownAddresses, startCanary } from '../support/canary.ts';
import { selves } from '../support/hostile-hosts.ts';
import { type Receiver, startReceiver } from '../support/webhook-receiver.ts';

/** As wide as an administrator could open it by mistake, port by port. */
const everything: AddressRule[] = [
  { network: '0.0.0.0/0', ports: [80, 443] },
  { network: '::/0', ports: [80, 443] },
  { network: '127.0.0.0/8', ports: [80] },
];
const body = '{"epcisBody":{"queryResults":{"resultsBody":{"eventList":[]}}}}';

let canary: Canary;
let receiver: Receiver;

beforeAll(async () => {
  canary = await startCanary();
  receiver = await startReceiver({ token: 'unsigned' });
});
afterEach(() => expect(canary.seen).toEqual([]));
afterAll(async () => {
  await canary.close();
  await receiver.close();
});

const post = (dest: string, guard: Guard = { allow: everything }): Promise<Posted> =>
  postWebhook({ dest, headers: {}, body, guard, signal: undefined });
const faultOf = async (dest: string, guard?: Guard) => {
  const posted = await post(dest, guard);
  return posted.ok ? 'sent' : posted.fault;
};

describe('a delivery', () => {
  it('to this machine, to metadata or to nobody is never made, however the host is spelt', async () => {
    const wide: Guard = { allow: [...everything, { network: '0.0.0.0/0', ports: [canary.port] }] };
    const found = await Promise.all(
      selves.map(async (host) => [host, await faultOf(`http://${host}:${canary.port}/`, wide)] as const),
    );
    expect(found.length).toBeGreaterThan(60);
    for (const [host, fault] of found) expect(['address', 'forbidden', 'name'], host).toContain(fault);
  });

  it('goes to no private network that is not open, and not to this server’s own port', async () => {
    for (const host of [
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '100.64.0.1',
      '[fd00::1]',
      ...ownAddresses().map((one) => (one.includes(':') ? `[${one}]` : one)),
    ]) {
      expect(await faultOf(`http://${host}:${canary.port}/`, { allow: [] }), host).toBe('forbidden');
    }
    for (const own of ownAddresses().filter((one) => !one.includes(':'))) {
      const open: Guard = { allow: [{ network: `${own}/32`, ports: [canary.port] }], ownPorts: [canary.port] };
      expect(await faultOf(`http://${own}:${canary.port}/`, open)).toBe('forbidden');
    }
  });

  it('is sent to the address that was checked, whatever the name says the next moment', async () => {
    let asked = 0;
    const network = {
      ...networkTo(receiver.port),
      resolve: async () => {
        asked += 1;
        return asked === 1 ? [cameraAddress] : ['127.0.0.1'];
      },
    };
    expect(await post('http://rebinding.example/', { allow: [], network })).toEqual({ ok: true, status: 200 });
    expect(asked).toBe(1);
    expect(await faultOf('http://rebinding.example/', { allow: [], network })).toBe('forbidden');
  });

  it('is refused when one of several addresses of a name is inside', async () => {
    const network = { ...networkTo(receiver.port), resolve: async () => [cameraAddress, '10.0.0.1'] };
    expect(await faultOf('http://both.example/', { allow: [], network })).toBe('forbidden');
    expect((await addressFault('http://both.example/', { allow: [], network }))?.code).toBe('forbidden');
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect (%i)', async (status) => {
    const before = receiver.received.length;
    receiver.replies.push({ status, location: `http://127.0.0.1:${canary.port}/` });
    const posted = await post(`http://${cameraAddress}/`, { allow: [], network: networkTo(receiver.port) });
    expect(posted).toMatchObject({ ok: false, fault: 'redirect', status });
    expect(receiver.received.length).toBe(before + 1);
  });

  it.each([
    'file:///etc/passwd',
    'gopher://93.184.215.14/',
    'rtsp://93.184.215.14/',
    'http://user:pass@93.184.215.14/',
    'http://93.184.215.14\n.example/',
    'http://93.184.215.14:0/',
    'http:///',
    'http://',
    '//93.184.215.14/',
    `http://93.184.215.14/${'x'.repeat(3_000)}`,
  ])('%s is no address', async (dest) => {
    expect(await faultOf(dest)).toBe('address');
  });

  it('ends within its time when the receiver says nothing', async () => {
    receiver.replies.push('hang');
    const started = Date.now();
    const signal = AbortSignal.timeout(300);
    const guard: Guard = { allow: [], network: networkTo(receiver.port) };
    const posted = await postWebhook({ dest: `http://${cameraAddress}/`, headers: {}, body, guard, signal });
    expect(posted).toMatchObject({ ok: false, fault: 'timeout' });
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});
