// Every route that names a row × every role bound to places or a district × its own row, another's, and none at all.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concernsCity, mayCall, permissions } from '../../server/accounts/permission.ts';
import { jpeg } from '../support/kitchen-cast.ts';
import { bound, type Kind, openTwoDistricts, type Side, type TwoDistricts } from '../support/two-districts.ts';

/** Routes that name something else than a row of a place, or that need what only their own test makes. */
const elsewhere: readonly { readonly test: string; readonly routes: readonly string[] }[] = [
  {
    test: 'test/http/accounts/own-account.test.ts',
    routes: ['POST /account/sessions/:hash/ended'],
  },
  { test: 'test/http/accounts/second-factor.test.ts', routes: ['POST /account/passkeys/:id/removed'] },
  {
    test: 'test/security/faces.test.ts',
    routes: [
      'GET /flags/:id/pictures/:by',
      'GET /pictures/:hash/original',
      'GET /complaints/:id/photos/:hash',
      'GET /recalls/:id/photos/:hash',
    ],
  },
  { test: 'test/http/trace/capture.test.ts', routes: ['GET /epcis/capture/:id'] },
  {
    test: 'test/http/trace/epcis-query.test.ts',
    routes: ['eventTypes', 'epcs', 'bizSteps', 'bizLocations', 'readPoints', 'dispositions']
      .flatMap((name) => [`GET /epcis/${name}/:value`, `GET /epcis/${name}/:value/events`])
      .concat('DELETE /epcis/nextPageToken/:token'),
  },
  {
    test: 'test/http/trace/named-queries.test.ts',
    routes: ['GET /epcis/queries/:name', 'DELETE /epcis/queries/:name', 'GET /epcis/queries/:name/events'],
  },
  {
    test: 'test/http/trace/epcis-subscriptions.test.ts',
    routes: [
      'GET /epcis/queries/:name/subscriptions',
      'POST /epcis/queries/:name/subscriptions',
      'GET /epcis/queries/:name/subscriptions/:id',
      'DELETE /epcis/queries/:name/subscriptions/:id',
    ],
  },
  {
    test: 'test/http/trace/subscription-pages.test.ts',
    routes: [
      'GET /subscriptions/:id',
      ...['paused', 'resumed', 'removed', 'tests'].map((act) => `POST /subscriptions/:id/${act}`),
    ],
  },
  {
    test: 'test/http/trace/any-lot.test.ts',
    routes: [
      'GET /lots/imports/:id',
      'POST /lots/imports/:id/cancelled',
      'GET /api/lots/imports/:id',
      'DELETE /api/lots/imports/:id',
    ],
  },
  {
    test: 'test/http/trace/merge.test.ts',
    routes: ['POST /lots/:id/merges/:merge/undone', 'POST /api/lots/:id/merges/:merge/undone'],
  },
  {
    test: 'test/http/trace/logger.test.ts',
    routes: ['GET /shipments/:id/readings', 'POST /shipments/:id/readings', 'POST /api/shipments/:id/readings'],
  },
  { test: 'test/http/trace/lab-tests.test.ts', routes: ['GET /lots/:id/tests/:test/report'] },
  { test: 'test/http/trace/shop.test.ts', routes: ['POST /my/recalls/:id/answers'] },
];

type Line = {
  readonly route: string;
  readonly kind: Kind;
  /** A body that would do it, were the row one's own. */
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>>;
  readonly multipart?: Readonly<Record<string, string>>;
  /** Why one's own cannot be acted on here. */
  readonly notOwn?: string;
  /** Who may call it, and for whom it is not there in this state of things. */
  readonly not?: readonly string[];
};

const camera = { place: '切配区', url: 'rtsp://192.0.2.14/stream1', sampleEverySeconds: 30 };
const reason = { reason: 'smells' };
const lines: readonly Line[] = [
  { route: 'GET /kitchens/:id', kind: 'restaurant' },
  { route: 'GET /cameras/:id', kind: 'camera' },
  { route: 'GET /cameras/:id/change', kind: 'camera' },
  { route: 'GET /cameras/:id/rules', kind: 'camera' },
  { route: 'GET /api/cameras/:id', kind: 'camera' },
  { route: 'GET /api/cameras/:id/rules', kind: 'camera' },
  // An owner hears of what a person has confirmed, and this one waits.
  { route: 'GET /api/flags/:id', kind: 'flag', not: ['owner'] },
  { route: 'GET /orders/:id', kind: 'order' },
  { route: 'GET /api/orders/:id', kind: 'order' },
  { route: 'GET /lots/:id', kind: 'lot' },
  { route: 'GET /api/lots/:id', kind: 'lot' },
  { route: 'GET /lots/:id/labels', kind: 'lot' },
  { route: 'GET /lots/:id/datamatrix.svg', kind: 'lot' },
  { route: 'GET /lots/:id/gs1-128.svg', kind: 'lot' },
  { route: 'GET /recalls/:id', kind: 'recall' },
  { route: 'GET /api/recalls/:id', kind: 'recall' },
  { route: 'GET /complaints/:id', kind: 'complaint' },
  { route: 'POST /cameras/:id', kind: 'camera', json: camera },
  { route: 'POST /cameras/:id/test', kind: 'camera', json: {}, notOwn: 'no network here' },
  { route: 'POST /api/cameras/:id/test', kind: 'camera', json: {}, notOwn: 'no network here' },
  { route: 'POST /cameras/:id/rules/undo', kind: 'camera', json: {}, notOwn: 'nothing to undo' },
  { route: 'PUT /api/cameras/:id/rules', kind: 'camera', json: {} },
  { route: 'POST /api/cameras/:id/rules/effect', kind: 'camera', json: {} },
  {
    route: 'POST /api/cameras/:id/missed',
    kind: 'camera',
    json: { at: 1, violation: 'no_mask' },
    notOwn: 'no picture of that moment',
  },
  {
    route: 'POST /cameras/:id/missed',
    kind: 'camera',
    form: { at: '1', violation: 'no_mask' },
    notOwn: 'no picture of that moment',
  },
  { route: 'POST /api/flags/:id/verdict', kind: 'flag', json: { decision: 'cleared' } },
  { route: 'POST /flags/:id/verdict', kind: 'flag', form: { verdict: 'cleared' } },
  { route: 'POST /flags/:id/group-verdict', kind: 'flag', json: {} },
  { route: 'POST /api/orders/:id/answer', kind: 'order', multipart: { text: '已改正' } },
  { route: 'POST /orders/:id/answer', kind: 'order', multipart: { text: '已改正' } },
  { route: 'POST /orders/:id/appeal', kind: 'order', form: { text: '当时在试菜' } },
  { route: 'POST /orders/:id/decision', kind: 'order', form: { decision: 'accepted' } },
  { route: 'POST /orders/:id/appeal-decision', kind: 'order', form: { decision: 'upheld', note: 'seen' } },
  { route: 'POST /cameras/:id/rules', kind: 'camera', form: {} },
  { route: 'POST /pictures/:hash/openings', kind: 'picture', form: reason },
  { route: 'POST /lots/:id/held', kind: 'lot', form: reason },
  { route: 'POST /lots/:id/released', kind: 'lot', form: reason },
  { route: 'GET /recalls/planned/:id', kind: 'plan' },
  { route: 'POST /recalls/planned/:id/taken-back', kind: 'plan', form: {} },
  { route: 'POST /recalls/planned/:id/issued', kind: 'plan', form: {}, notOwn: 'taken back a line before' },
  { route: 'POST /claims/:id/decision', kind: 'claim', form: { verdict: 'deny' } },
  { route: 'GET /epcis/events/:id', kind: 'event' },
  { route: 'POST /api/orders/:id/appeal', kind: 'order', json: { text: '当时在试菜' } },
  { route: 'POST /api/orders/:id/decision', kind: 'order', json: { decision: 'accepted' } },
  { route: 'POST /api/orders/:id/appeal-decision', kind: 'order', json: { decision: 'upheld', note: 'seen' } },
  { route: 'POST /api/lots/:id/held', kind: 'lot', json: reason },
  { route: 'POST /api/lots/:id/released', kind: 'lot', json: reason },
  { route: 'POST /api/lots/:id/tests', kind: 'lot', json: { subject: 'salmonella', result: 'passed' } },
  { route: 'GET /api/lots/:id/packs', kind: 'lot' },
  { route: 'PUT /api/lots/:id/packs', kind: 'lot', json: { pack: 'CS', holds: 10 } },
  { route: 'POST /lots/:id/packs', kind: 'lot', form: { pack: 'CS', holds: '10' } },
  { route: 'GET /lots/:id/merges/new', kind: 'lot' },
  { route: 'POST /lots/:id/merges', kind: 'lot', form: reason, notOwn: 'the other code' },
  { route: 'POST /api/lots/:id/merges', kind: 'lot', json: { code: 'x', reason: 'x' }, notOwn: 'the other code' },
  { route: 'GET /lots/:id/tests/new', kind: 'lot' },
  { route: 'POST /lots/:id/tests', kind: 'lot', form: { subject: 'salmonella', result: 'passed' } },
  { route: 'POST /orders/:id/plan', kind: 'order', form: { text: '本周换新' } },
  { route: 'POST /api/orders/:id/plan', kind: 'order', json: { text: '本周换新' } },
  { route: 'POST /lots/:id/evidence', kind: 'lot', json: {} },
  { route: 'POST /api/lots/:id/evidence', kind: 'lot', json: {} },
  { route: 'POST /flags/:id/evidence', kind: 'flag', json: {} },
  { route: 'POST /api/flags/:id/evidence', kind: 'flag', json: {} },
  { route: 'POST /recalls/:id/evidence', kind: 'recall', json: {} },
  { route: 'POST /api/recalls/:id/evidence', kind: 'recall', json: {} },
  {
    route: 'POST /api/recalls/:id/answers',
    kind: 'recall',
    json: { action: 'quarantined', quantity: 1 },
    not: ['inspector'],
  },
  { route: 'POST /complaints/:id/steps', kind: 'complaint', json: { step: 'looking' } },
  { route: 'POST /api/claims/:id/decision', kind: 'claim', json: { verdict: 'deny' } },
];

/** Lists, and what of the other side must not stand in them. */
const lists = [
  '/kitchens',
  '/api/restaurants',
  '/api/cameras',
  '/api/flags',
  '/api/orders',
  '/review/orders',
  '/orders/raised',
  '/lots',
  '/api/lots',
  '/recalls',
  '/api/recalls',
  '/complaints',
  '/findings',
  '/api/findings',
  '/claims',
  '/api/claims',
  '/epcis/events',
  '/epcis/bizLocations',
  '/epcis/epcs',
  '/my',
  '/my/orders',
  '/my/findings',
  '/my/recalls',
  '/my/complaints',
  '/my/purchases',
] as const;

let two: TwoDistricts;
beforeAll(async () => {
  two = await openTwoDistricts();
}, 120_000);
afterAll(() => two.server.db.sqlite.close());

const strangers: Partial<Record<Kind, string>> = {
  recall: '00000000-0000-0000-0000-000000000000',
  plan: '00000000-0000-0000-0000-000000000000',
  picture: '0'.repeat(64),
  event: `ni:///sha-256;${'0'.repeat(64)}?ver=CBV2.0`,
};
const noRow = (kind: Kind) => strangers[kind] ?? 999_999;
const roleMay = (route: string, role: (typeof bound)[number]) =>
  mayCall(route, { id: 0, name: '', role, sites: [], via: 'token' }) === true;
const rolesOf = ({ route, not = [] }: Line) => bound.filter((role) => roleMay(route, role) && !not.includes(role));

async function fieldsOf(fields: Readonly<Record<string, string>>): Promise<FormData> {
  const body = new FormData();
  body.set('photo', new File([new Uint8Array(await jpeg())], 'after.jpg', { type: 'image/jpeg' }));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return body;
}

async function ask({ route, kind, json, form, multipart }: Line, role: (typeof bound)[number], whose: Side | 'none') {
  const [method = '', pattern = ''] = route.split(' ');
  const id = whose === 'none' ? noRow(kind) : two.rows[whose][kind];
  const headers = { authorization: `Bearer ${two.tokenOf(role, 'east')}`, accept: 'text/html' };
  const path = pattern.replace(/:\w+/, encodeURIComponent(String(id)));
  return two.server.call(path, {
    method,
    headers,
    ...(json && { json }),
    ...(form && { form }),
    ...(multipart && { body: await fieldsOf(multipart) }),
  });
}

const ledgerSize = () => two.server.db.sqlite.prepare('SELECT count(*) FROM ledger_entry').pluck().get();

describe('a row of another', () => {
  it('is as if it were not there, for reading and for acting, and nothing is written', async () => {
    const before = ledgerSize();
    const wrong: string[] = [];
    let asked = 0;
    for (const line of lines)
      for (const role of rolesOf(line)) {
        const other = await ask(line, role, 'west');
        const none = await ask(line, role, 'none');
        asked += 1;
        if (other.status !== 404 || none.status !== 404)
          wrong.push(`${line.route} as ${role}: another's ${other.status}, none ${none.status}`);
        const told = await other.text();
        if (two.marks.west.some((mark) => told.includes(mark)))
          wrong.push(`${line.route} as ${role} tells of the other`);
      }
    expect(asked).toBeGreaterThan(70);
    expect(wrong).toEqual([]);
    expect(ledgerSize()).toBe(before);
  });

  it('stands in no list, of goods, kitchens, findings or events', async () => {
    const wrong: string[] = [];
    let ownShown = 0;
    for (const path of lists)
      for (const role of bound.filter((one) => roleMay(`GET ${path}`, one))) {
        const authorization = `Bearer ${two.tokenOf(role, 'east')}`;
        const accept = path.startsWith('/api') || path.startsWith('/epcis') ? 'application/json' : 'text/html';
        const answer = await two.server.call(path, { headers: { authorization, accept } });
        const text = await answer.text();
        if (answer.status !== 200) wrong.push(`${path} as ${role}: ${answer.status}`);
        for (const found of two.marks.west.filter((mark) => text.includes(mark)))
          wrong.push(`${path} as ${role} shows ${found}`);
        if (two.marks.east.some((mark) => text.includes(mark))) ownShown += 1;
      }
    expect(wrong).toEqual([]);
    // They are not empty: one's own stands there.
    expect(ownShown).toBeGreaterThan(30);
  });
});

describe('a row of one’s own', () => {
  it('is there to be read by every role of its place and its district', async () => {
    const wrong: string[] = [];
    for (const line of lines.filter(({ route }) => route.startsWith('GET')))
      for (const role of rolesOf(line)) {
        const own = await ask(line, role, 'east');
        if (own.status !== 200) wrong.push(`${line.route} as ${role}: ${own.status}`);
      }
    expect(wrong).toEqual([]);
  });

  it('can be acted on: the same bodies that another’s row refused are heard', async () => {
    const wrong: string[] = [];
    const acts = lines.filter(({ route, notOwn }) => !route.startsWith('GET') && notOwn === undefined);
    for (const line of acts)
      for (const role of rolesOf(line)) {
        const { status } = await ask(line, role, 'east');
        if (status === 404 || status === 403 || status >= 500) wrong.push(`${line.route} as ${role}: ${status}`);
      }
    expect(wrong).toEqual([]);
  });
});

describe('what concerns the whole city', () => {
  const routes = Object.keys(permissions).filter(concernsCity);

  it('is refused to an inspector of a district, by name, and open to one who covers the city', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const [method = '', pattern = ''] = route.split(' ');
      const path = pattern.replace(':id', String(two.rows.east.recall)).replace(':seq', '1');
      const authorization = `Bearer ${two.tokenOf('inspector', 'east')}`;
      const refused = await two.server.call(path, { method, headers: { authorization } });
      const { code } = (await refused.json()) as { code: string };
      if (refused.status !== 403 || code !== 'whole_city_only') wrong.push(`${route}: ${refused.status} ${code}`);
      const open = await two.server.call(path, { method, as: 'inspector' });
      if ([401, 403, 404].includes(open.status)) wrong.push(`${route} for the city: ${open.status}`);
    }
    expect(routes.length).toBeGreaterThan(8);
    expect(wrong).toEqual([]);
  });
});

describe('the matrix', () => {
  it('has a line for every closed route that names a row, here or in the test that is named beside it', () => {
    const named = Object.keys(permissions).filter((route) => /\/:/.test(route) && bound.some((r) => roleMay(route, r)));
    const city = Object.keys(permissions).filter(concernsCity);
    const said = elsewhere.flatMap(({ routes }) => routes);
    const covered = new Set([...lines.map(({ route }) => route), ...said, ...city]);
    const closed = named.filter((route) => permissions[route]?.everyone === false);
    expect(closed.filter((route) => !covered.has(route))).toEqual([]);
    expect(said.filter((route) => permissions[route] === undefined)).toEqual([]);
    for (const { test } of elsewhere) expect(existsSync(test), test).toBe(true);
  });
});
