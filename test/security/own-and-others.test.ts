// Every route that names a row × every role bound to places or a district × its own row, another's, and none at all.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concernsCity, mayCall, permissions } from '../../server/accounts/permission.ts';
import { jpeg } from '../support/kitchen-cast.ts';
import { elsewhere, type Line, lines } from '../support/route-lines.ts';
import { bound, type Kind, openTwoDistricts, type Side, type TwoDistricts } from '../support/two-districts.ts';

/** Lists, and what of the other side must not stand in them. */
const lists = [
  '/kitchens',
  '/kitchens.csv',
  '/api/restaurants',
  '/api/cameras',
  '/api/flags',
  '/api/orders',
  '/review/orders',
  '/orders/raised',
  '/lots',
  '/lots.csv',
  '/api/lots',
  '/recalls',
  '/recalls.csv',
  '/api/recalls',
  '/complaints',
  '/complaints.csv',
  '/findings',
  '/findings.csv',
  '/api/findings',
  '/claims',
  '/api/claims',
  '/epcis/events',
  '/epcis/bizLocations',
  '/epcis/epcs',
  '/my',
  '/my/orders',
  '/my/findings',
  '/my/findings.csv',
  '/my/recalls',
  '/my/complaints',
  '/my/purchases',
] as const;

let two: TwoDistricts;
beforeAll(async () => {
  two = await openTwoDistricts();
}, 120_000);
afterAll(() => two.server.db.sqlite.close());

const nobodys = '00000000-0000-0000-0000-000000000000';
const strangers: Partial<Record<Kind, string>> = {
  recall: nobodys,
  capture: nobodys,
  query: 'nobodys',
  plan: nobodys,
  subscription: nobodys,
  import: nobodys,
  site: 'local:nowhere',
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

function addressed({ kind }: Pick<Line, 'kind'>, role: (typeof bound)[number], whose: Side | 'none'): string {
  return encodeURIComponent(String(whose === 'none' ? noRow(kind) : two.idOf(kind, role, whose)));
}

/** `second`: whose the second row in the address is, where there is one. */
async function ask(line: Line, role: (typeof bound)[number], whose: Side | 'none', second = whose) {
  const { route, json, form, multipart, also } = line;
  const [method = '', pattern = ''] = route.split(' ');
  const headers = { authorization: `Bearer ${two.tokenOf(role, 'east')}`, accept: 'text/html' };
  const named = pattern.replace(/:\w+/, addressed(line, role, whose));
  const whole = also === undefined ? named : named.replace(`:${also.name}`, addressed(also, role, second));
  const path = whole.replace(':day', '2026-11-23').replace(':id', '999999');
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
        // Its address says whose it is, and was the asker's own word.
        const told = (await other.text()).replaceAll(addressed(line, role, 'west'), '');
        if (two.marks.west.some((mark) => told.includes(mark)))
          wrong.push(`${line.route} as ${role} tells of the other`);
      }
    expect(asked).toBeGreaterThan(70);
    expect(wrong).toEqual([]);
    expect(ledgerSize()).toBe(before);
  });

  it('is not reached through a row of one’s own', async () => {
    const wrong: string[] = [];
    const twice = lines.filter(({ also }) => also !== undefined);
    for (const line of twice)
      for (const role of rolesOf(line)) {
        const { status } = await ask(line, role, 'east', 'west');
        if (status !== 404) wrong.push(`${line.route} as ${role}: ${status}`);
      }
    expect(twice.length).toBeGreaterThan(5);
    expect(wrong).toEqual([]);
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
