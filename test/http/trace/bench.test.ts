// The bench over HTTP: a code of any kind, marking and following, comparing, and addresses that say all that is chosen.
import { beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../support/cast.ts';
import { openTestServer } from '../../support/server.ts';

const server = openTestServer();
const inspector = { as: 'inspector', headers: { accept: 'text/html' } } as const;
const wang = { as: 'partner', sites: [places.wholesaler] } as const;
const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00+08:00`;

const code = new Map<string, string>();

async function addLot(name: string, extra: object): Promise<void> {
  const made = await server.call('/api/lots', {
    ...wang,
    json: {
      origin: '白沙村',
      batch: name,
      product: '小白菜',
      quantity: 40,
      unit: 'kg',
      madeAt: places.wholesaler,
      ...extra,
    },
  });
  expect(made.status).toBe(201);
  code.set(name, ((await made.json()) as { code: string }).code);
}

/** What went into what, as a processor's system tells it. */
async function make(from: string, to: readonly string[], hour: number): Promise<void> {
  const answer = await server.call('/epcis/capture', {
    as: 'partner',
    sites: [places.wholesaler],
    json: {
      '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld'],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: at(hour),
      epcisBody: {
        eventList: [
          {
            type: 'TransformationEvent',
            eventTime: at(hour),
            eventTimeZoneOffset: '+08:00',
            bizStep: 'commissioning',
            transformationID: `urn:uuid:0000000${hour}-0000-4000-8000-00000000000${hour}`,
            inputQuantityList: [{ epcClass: code.get(from), quantity: 10, uom: 'KGM' }],
            outputQuantityList: to.map((name) => ({ epcClass: code.get(name), quantity: 5, uom: 'KGM' })),
            bizLocation: { id: `https://id.gs1.org/414/${places.wholesaler}` },
          },
        ],
      },
    },
  });
  expect(answer.status).toBe(202);
}

async function read(path: string): Promise<{ status: number; text: string }> {
  const answer = await server.call(path, inspector);
  return { status: answer.status, text: await answer.text() };
}

beforeAll(async () => {
  await addLot('源 1', { certificates: [{ kind: 'quarantine', number: '3309 2611 1807 42' }] });
  await addLot('菜 A', {});
  await addLot('菜 B', {});
  await addLot('菜 C', {
    flow: [{ from: places.wholesaler, to: places.dingxiang, at: at(12), quantity: 3, unit: 'kg' }],
  });
  await make('源 1', ['菜 A', '菜 B'], 8);
});

describe('the search box of the bench', () => {
  it.each([
    ['菜 A', 200, '菜 A'],
    ['产地 白沙村 批次 菜 A', 200, '菜 A'],
    ['检疫证号：330926111807-42', 200, '源 1'],
    ['3309 2611 1807 42', 200, '源 1'],
    ['菜', 404, '菜 C'],
    ['白沙村 小白菜 菜', 404, '菜 B'],
    ['白沙村 带鱼', 404, '没有登记过'],
    ['06901234567893', 404, '校验位不对'],
    ['(01)06901234567893(10)A', 400, '校验位'],
    ['(01)06901234567892(37)3(10)A', 400, '不能同时出现'],
    ['https://id.gs1.org/ARHKVAdpQg', 400, '产品码'],
  ])('answers %s with %i and says %s', async (typed, status, said) => {
    const answer = await read(`/trace?code=${encodeURIComponent(typed)}`);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(said);
  });
});

describe('mark and follow', () => {
  it('is plain links, marks the holding in drawing and table, and the address says it', async () => {
    const address = `/trace?code=${encodeURIComponent(code.get('源 1') ?? '')}&direction=both`;
    const plain = await read(address);
    const mark = /href="([^"]*mark=(\d+)[^"]*)"/.exec(plain.text);
    expect(mark).not.toBeNull();
    const followed = await read((mark?.[1] ?? '').replaceAll('&amp;', '&'));
    expect(followed.status).toBe(200);
    expect(followed.text).toContain(`id="n${mark?.[2]}"`);
    expect(followed.text.match(/aria-current="true"/g)?.length).toBeGreaterThanOrEqual(3);
    expect(followed.text).toContain('正在跟踪');
  });

  it('of something that is not in the chain, or of nonsense, is passed over', async () => {
    for (const mark of ['999999', '-1', 'x', '1e9']) {
      const answer = await read(`/trace?code=${encodeURIComponent('菜 A')}&mark=${mark}&zoom=7&open=zz&open=f1.1`);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('正在跟踪');
    }
  });
});

describe('the chain along time', () => {
  const address = () => `/trace?code=${encodeURIComponent(code.get('菜 C') ?? '')}&show=time`;

  it('shows each step of each place with its time, drawn and as a table, and keeps the view when a holder is marked', async () => {
    const { status, text } = await read(address());
    expect(status).toBe(200);
    expect(text.match(/class="step is-shipped"/g)?.length).toBeGreaterThan(0);
    const table = text.slice(text.indexOf('时间轴上的每一步'));
    expect(table).toMatch(/11-20 12:00[\s\S]*?发货[\s\S]*?3\.0/);
    const mark = /href="([^"]*mark=\d+[^"]*)"/.exec(text)?.[1] ?? '';
    expect(mark).toContain('show=time');
  });

  it('says what nobody told the time of', async () => {
    const { text } = await read(address());
    expect(text).toMatch(/有 \d 处时间说不准/);
    expect(text).toContain('何时收到没有记录');
  });

  it('is a list where one is asked for, and the graph where the address says nonsense', async () => {
    const list = await read(address().replace('time', 'list'));
    expect(list.text).not.toContain('class="graph');
    expect(list.text).toContain('<ol class="line">');
    expect((await read(address().replace('time', 'zzz'))).text).toContain('class="graph"');
  });
});

describe('comparing lots', () => {
  const compared = (...names: string[]) =>
    `/trace/compare?${new URLSearchParams(names.map((name) => ['lot', code.get(name) ?? name]))}`;

  it('names the lot they all come from first, with hold and recall beside it', async () => {
    const { status, text } = await read(compared('菜 A', '菜 B'));
    expect(status).toBe(200);
    expect(text.indexOf('源 1')).toBeGreaterThan(0);
    expect(text).toContain('2 批都来自这里');
    expect(text).toContain(`/recalls/new?code=${encodeURIComponent(code.get('源 1') ?? '').replaceAll('%20', '+')}`);
    expect(text).toMatch(/\/lots\/\d+#holds/);
  });

  it('says so when they share none, and still names the places they passed', async () => {
    const { text } = await read(compared('菜 A', '菜 C'));
    expect(text).toContain('没有共同的来源批次');
    expect(text).toContain('2 / 2 批');
  });

  it('keeps what was typed when it is no lot, takes none twice, and six at most', async () => {
    const wrong = await read(compared('菜 A', '没有这批'));
    expect(wrong.status).toBe(404);
    expect(wrong.text).toContain('value="没有这批"');
    expect((await read(compared('菜 A', '菜 A'))).text).toContain('已经在比对里');
    expect((await read('/trace/compare')).status).toBe(200);
    for (let extra = 0; extra < 5; extra += 1) await addLot(`多 ${extra}`, {});
    const full = await read(compared('菜 A', '菜 B', '多 0', '多 1', '多 2', '多 3', '多 4'));
    expect(full.text).toContain('6 / 6');
    expect(full.text).not.toContain('多 4</span>');
  });

  it('is for those who trace', async () => {
    expect((await server.call('/trace/compare', { as: 'owner', headers: inspector.headers })).status).toBe(403);
  });
});

describe('the code of a place', () => {
  it('leads a diner to the place, and an inspector to what it handled', async () => {
    const gln = `(414)${places.wholesaler}`;
    const looked = await server.call(`/look-up?code=${encodeURIComponent(gln)}`, { headers: inspector.headers });
    expect(looked.headers.get('location')).toBe(`/414/${places.wholesaler}`);
    const bench = await read(`/trace?code=${encodeURIComponent(gln)}`);
    expect(bench.status).toBe(200);
    expect(bench.text).toContain('这是单位的码');
    expect(bench.text).toContain(`href="/414/${places.wholesaler}"`);
    expect(bench.text).toContain('小白菜');
  });
});
