// The kitchen's API over HTTP: the walk from frame to closed order, who may, and what is never told.
import { beforeEach, describe, expect, it } from 'vitest';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { type Cast, frameOf, jpeg, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let sites: string[];

beforeEach(() => {
  const unreachable = {
    ok: false as const,
    cameraId: '1',
    at: 0,
    fault: { code: 'forbidden' as const, detail: '10.0.0.5 is a private address' },
  };
  const eye = scriptedEye({
    detections: [seen('no_mask', 0.9), seen('rat', 0.8)],
    sample: (id) => ({ ...unreachable, cameraId: id, at: server.clock.now() }),
  });
  server = openTestServer({ eye });
  cast = openCast(server.deps);
  sites = [cast.restaurant.siteId];
});

async function raiseFlag(): Promise<number> {
  for (let i = 0; i < 2; i++) {
    server.clock.pass(30_000);
    recordSample(
      server.deps,
      await frameOf(cast.camera, { at: server.clock.now(), detections: [seen('no_mask', 0.87)] }),
    );
  }
  const { flags } = (await (await server.call('/api/flags?status=open', { as: 'reviewer' })).json()) as {
    flags: { id: number }[];
  };
  return flags[0]!.id;
}

async function photoForm(bytes: Buffer): Promise<FormData> {
  const form = new FormData();
  form.set('text', '已配齐口罩');
  form.set('photo', new File([new Uint8Array(bytes)], 'after.jpg', { type: 'image/jpeg' }));
  return form;
}

describe('from frame to closed order', () => {
  it('a flag is judged, the owner answers with a photo, and a reviewer closes the order', async () => {
    const id = await raiseFlag();
    const judged = await server.call(`/api/flags/${id}/verdict`, {
      as: 'reviewer',
      json: { decision: 'confirmed', ms: 1800 },
    });
    expect(judged.status).toBe(200);
    const { orderId, status } = (await judged.json()) as { orderId: number; status: string };
    expect(status).toBe('confirmed');

    const orders = (await (await server.call('/api/orders', { as: 'owner', sites })).json()) as {
      orders: { id: number; state: string }[];
    };
    expect(orders.orders).toMatchObject([{ id: orderId, state: 'issued', overdue: false }]);
    const answered = await server.call(`/api/orders/${orderId}/answer`, {
      as: 'owner',
      sites,
      body: await photoForm(await jpeg()),
      method: 'POST',
    });
    expect(await answered.json()).toMatchObject({ state: 'answered' });
    const closed = await server.call(`/api/orders/${orderId}/decision`, {
      as: 'reviewer',
      json: { decision: 'accepted' },
    });
    expect(await closed.json()).toMatchObject({ state: 'accepted' });
  });

  it('takes "verdict" for "decision", and a repeat with its Idempotency-Key gives the first answer', async () => {
    const id = await raiseFlag();
    const ask = () =>
      server.call(`/api/flags/${id}/verdict`, {
        as: 'reviewer',
        json: { verdict: 'cleared' },
        headers: { 'idempotency-key': 'once' },
      });
    const first = (await (await ask()).json()) as { verdictId: number };
    expect(await (await ask()).json()).toMatchObject({ verdictId: first.verdictId, status: 'cleared' });
    const again = await server.call(`/api/flags/${id}/verdict`, { as: 'reviewer', json: { decision: 'confirmed' } });
    expect(again.status).toBe(409);
  });

  it('a photo that is none changes nothing', async () => {
    const id = await raiseFlag();
    const judged = await server.call(`/api/flags/${id}/verdict`, { as: 'reviewer', json: { decision: 'confirmed' } });
    const { orderId } = (await judged.json()) as { orderId: number };
    const refused = await server.call(`/api/orders/${orderId}/answer`, {
      as: 'owner',
      sites,
      body: await photoForm(Buffer.from('not a picture')),
      method: 'POST',
    });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'unreadable_picture' });
    expect(await (await server.call(`/api/orders/${orderId}`, { as: 'owner', sites })).json()).toMatchObject({
      state: 'issued',
    });
  });
});

describe('what is never told', () => {
  it('a reviewer is not told the score of an undecided flag, nor which flags are audits', async () => {
    await raiseFlag();
    const text = await (await server.call('/api/flags', { as: 'reviewer' })).text();
    expect(text).not.toContain('0.87');
    expect(text).not.toContain('audit');
  });

  it('an owner hears only of confirmed flags, and only of their own shop', async () => {
    const id = await raiseFlag();
    expect(await (await server.call('/api/flags', { as: 'owner', sites })).json()).toMatchObject({ flags: [] });
    expect((await server.call(`/api/flags/${id}`, { as: 'owner', sites })).status).toBe(404);
    await server.call(`/api/flags/${id}/verdict`, { as: 'reviewer', json: { decision: 'confirmed' } });
    expect(await (await server.call('/api/flags', { as: 'owner', sites })).json()).toMatchObject({ flags: [{ id }] });
    expect(await (await server.call('/api/flags', { as: 'owner', sites: ['local:other'] })).json()).toMatchObject({
      flags: [],
    });
  });

  it("another owner's camera, order and picture are not there", async () => {
    const id = await raiseFlag();
    await server.call(`/api/flags/${id}/verdict`, { as: 'reviewer', json: { decision: 'confirmed' } });
    const stranger = { as: 'owner' as const, sites: ['local:other'] };
    expect((await server.call(`/api/cameras/${cast.camera.id}`, stranger)).status).toBe(404);
    expect((await server.call(`/api/cameras/${cast.camera.id}/test`, { ...stranger, method: 'POST' })).status).toBe(
      404,
    );
    expect((await server.call('/api/orders/1', stranger)).status).toBe(404);
    expect((await server.call(`/api/cameras?siteId=${sites[0]}`, stranger)).status).toBe(404);
  });

  it("a camera's password and address are never given out", async () => {
    for (const as of ['owner', 'admin', 'inspector'] as const) {
      const text = await (await server.call(`/api/cameras/${cast.camera.id}`, { as, sites })).text();
      expect(text).not.toContain('oolong-secret');
      expect(text).not.toContain('192.0.2.14');
    }
    const dump = JSON.stringify(server.db.sqlite.prepare('SELECT * FROM camera').all());
    expect(dump).not.toContain('oolong-secret');
  });

  it('a test of a forbidden address looks like one of a silent address, except to an administrator', async () => {
    const owner = await (
      await server.call(`/api/cameras/${cast.camera.id}/test`, { as: 'owner', sites, method: 'POST' })
    ).json();
    expect(owner).toEqual({ ok: false, at: server.clock.now(), fault: 'unreachable' });
    const admin = await (
      await server.call(`/api/cameras/${cast.camera.id}/test`, { as: 'admin', method: 'POST' })
    ).text();
    expect(admin).toContain('forbidden');
  });

  it('a forbidden address, a refused and a silent one take an owner the same time; an administrator waits for none', async () => {
    for (const as of ['owner', 'admin'] as const)
      await server.call(`/api/cameras/${cast.camera.id}/test`, { as, sites, method: 'POST' });
    expect(server.waits).toHaveLength(1);
    // What is left of eleven seconds: longer than any connection is waited for.
    expect(server.waits[0]).toBeGreaterThan(10_000);
    expect(server.waits[0]).toBeLessThanOrEqual(11_000);
  });

  it('an address in a private network that nobody opened is refused at once, with its network; a name is not looked up for it', async () => {
    const owner = { as: 'owner' as const, sites };
    const urls = server.db.sqlite.prepare('UPDATE camera SET url = ?');
    urls.run('rtsp://192.168.7.20/stream1');
    const refused = await server.call(`/api/cameras/${cast.camera.id}/test`, { ...owner, method: 'POST' });
    expect(await refused.json()).toMatchObject({ ok: false, fault: 'closed', exact: '192.168.7.0/24' });
    expect(server.waits).toEqual([]);
    const page = await server.call(`/cameras/${cast.camera.id}/test`, { ...owner, form: {} });
    expect(await page.text()).toMatch(/网段还没有开放[\s\S]*192\.168\.7\.0\/24/);
    for (const url of ['rtsp://camera.example/stream1', 'rtsp://127.0.0.1/stream1', 'rtsp://169.254.169.254/x']) {
      urls.run(url);
      const alike = await server.call(`/api/cameras/${cast.camera.id}/test`, { ...owner, method: 'POST' });
      expect(await alike.json()).toMatchObject({ fault: 'unreachable' });
    }
    expect(server.waits).toHaveLength(3);
  });

  it('the seventh test in a minute has to wait', async () => {
    let last = 0;
    for (let i = 0; i < 7; i++)
      last = (await server.call(`/api/cameras/${cast.camera.id}/test`, { as: 'owner', sites, method: 'POST' })).status;
    expect(last).toBe(429);
  });
});

describe('pictures', () => {
  async function picture(as: 'reviewer' | 'inspector'): Promise<string> {
    const id = await raiseFlag();
    return ((await (await server.call(`/api/flags/${id}`, { as })).json()) as { picture: string }).picture;
  }

  it('open by their signed address for five minutes at most, for that address alone', async () => {
    const address = await picture('inspector');
    const opened = await server.call(address);
    expect(opened.headers.get('content-type')).toBe('image/jpeg');
    expect(opened.headers.get('x-content-type-options')).toBe('nosniff');
    expect(opened.headers.get('cache-control')).toContain('private');
    expect((await server.call(address.replace('?', '/original?'), { as: 'inspector' })).status).toBe(404);
    server.clock.pass(300_001);
    expect((await server.call(address)).status).toBe(404);
  });

  it('a flag opens sharp to the reviewer whose address it is, and to nobody else who has it', async () => {
    const address = await picture('reviewer');
    expect(address).toMatch(/^\/flags\/\d+\/pictures\/\d+\?/);
    expect((await server.call(address, { as: 'reviewer' })).headers.get('content-type')).toBe('image/jpeg');
    expect((await server.call(address.split('?')[0]!, { as: 'reviewer' })).status).toBe(404);
    expect((await server.call(address)).status).toBe(401);
    expect((await server.call(address, { as: 'reviewer', sites: ['local:other'] })).status).toBe(404);
    expect((await server.call(address, { as: 'inspector' })).status).toBe(403);
  });

  it('are closed without a signature, to strangers and to nobody', async () => {
    const hash = /pictures\/([0-9a-f]{64})/.exec(await picture('inspector'))?.[1];
    expect((await server.call(`/pictures/${hash}`)).status).toBe(404);
    expect((await server.call(`/pictures/${hash}`, { as: 'owner', sites: ['local:other'] })).status).toBe(404);
    expect((await server.call(`/pictures/${hash}`, { as: 'owner', sites })).status).toBe(200);
    expect((await server.call(`/pictures/${hash}/original`, { as: 'inspector' })).status).toBe(404);
    expect((await server.call(`/pictures/${hash}/original`, { as: 'admin' })).status).toBe(403);
  });

  it('open unblurred to an inspector who says why, and it is written down', async () => {
    const hash = /pictures\/([0-9a-f]{64})/.exec(await picture('inspector'))?.[1];
    expect((await server.call(`/pictures/${hash}/openings`, { as: 'inspector', form: { reason: ' ' } })).status).toBe(
      400,
    );
    const opened = await server.call(`/pictures/${hash}/openings`, {
      as: 'inspector',
      form: { reason: '核实投诉 12315-88' },
    });
    expect(opened.status).toBe(303);
    const location = opened.headers.get('location')!;
    expect((await server.call(location, { as: 'inspector' })).status).toBe(200);
    // The reason is this inspector's: another has written none.
    expect((await server.call(location, { as: 'inspector', sites: ['local:other'] })).status).toBe(404);
    expect((await server.call(location)).status).toBe(401);
    server.clock.pass(300_001);
    expect((await server.call(location, { as: 'inspector' })).status).toBe(404);
    expect(server.db.sqlite.prepare('SELECT reason FROM picture_opening').pluck().all()).toEqual(['核实投诉 12315-88']);
  });
});

describe('adding and classifying', () => {
  it('every fault of a camera is named at once, with its place', async () => {
    const camera = { siteId: sites[0], place: '', kind: 'rtsp', url: 'ftp://x', sampleEverySeconds: 1 };
    const refused = await server.call('/api/cameras', { as: 'owner', sites, json: camera });
    expect(refused.status).toBe(400);
    const { faults } = (await refused.json()) as { faults: { place: string }[] };
    expect(faults.map((fault) => fault.place)).toEqual(['/place', '/sampleEverySeconds', 'url']);
  });

  it('an address with a password in it is refused', async () => {
    const camera = { siteId: sites[0], place: '灶台', kind: 'rtsp', url: 'rtsp://user:pass@192.0.2.14/s' };
    const refused = await server.call('/api/cameras', { as: 'owner', sites, json: camera });
    expect(await refused.json()).toMatchObject({ faults: [{ place: 'url', code: 'password_in_url' }] });
  });

  it('a picture is classified in the shape of the command line, switched-off violations only when asked', async () => {
    const body = new Uint8Array(await jpeg());
    const ask = async (path: string) =>
      (
        await server.call(path, { as: 'worker', method: 'POST', body, headers: { 'content-type': 'image/jpeg' } })
      ).json();
    expect(await ask('/api/classify')).toMatchObject({
      detections: [{ label: 'no_mask', score: 0.9 }, { label: 'rat' }],
      violations: [{ id: 'no_mask', score: 0.9, box: [0.4, 0.3, 0.1, 0.15] }],
      check: { ok: true },
    });
    expect(
      ((await ask('/api/classify?all=1')) as { violations: { id: string }[] }).violations.map(({ id }) => id),
    ).toEqual(['no_mask', 'pest']);
  });

  it('the OpenAPI document describes the kitchen', async () => {
    const document = (await (await server.call('/api/openapi.json')).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/flags/{id}/verdict', '/api/cameras/{id}/test', '/api/classify']),
    );
  });
});
