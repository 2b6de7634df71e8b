// Two districts with the same life in each: a shop, its camera, flag, order, lot, recall, complaint, finding, claim and subscription, and people of every role.
import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Role } from '../../server/accounts/caller.ts';
import { insertAccount } from '../../server/accounts/create-account.ts';
import { issueTokenFor } from '../../server/accounts/issue-token.ts';
import { addDistrict, setSitesOfDistrict } from '../../server/accounts/person/district.ts';
import { addCamera } from '../../server/kitchen/camera/add-camera.ts';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { registerRestaurant } from '../../server/kitchen/shop/register-restaurant.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { checkChain } from '../../server/trace/finding/check-chain.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { publishRecall } from '../../server/trace/publish/publish-recall.ts';
import { startRecall } from '../../server/trace/recall/start-recall.ts';
import { documentOf, events, type Json, lotUri, places, products } from './cast.ts';
import { frameOf, person, scriptedEye, seen } from './kitchen-cast.ts';
import { openTestServer, type TestServer } from './server.ts';
import { openOwnPapers, openPapers } from './two-papers.ts';

export const sides = ['east', 'west'] as const;
export type Side = (typeof sides)[number];
/** What there is one of on each side, and its address. */
export const kinds = [
  'site',
  'restaurant',
  'camera',
  'picture',
  'flag',
  'order',
  'lot',
  'recall',
  'plan',
  'complaint',
  'claim',
  'event',
  'shipment',
  'labTest',
  'merged',
  'merge',
] as const;
/** What each account has one of for itself. */
const ownKinds = ['subscription', 'import', 'query', 'capture', 'answer'] as const;
type OwnKind = (typeof ownKinds)[number];
type PlaceKind = (typeof kinds)[number];
export type Kind = PlaceKind | OwnKind;
export const bound = ['owner', 'partner', 'inspector', 'reviewer'] as const satisfies readonly Role[];

export type TwoDistricts = {
  readonly server: TestServer;
  readonly rows: Readonly<Record<Side, Readonly<Record<PlaceKind, number | string>>>>;
  readonly idOf: (kind: Kind, role: (typeof bound)[number], side: Side) => number | string;
  /** Words that stand in one side's rows alone. */
  readonly marks: Readonly<Record<Side, readonly string[]>>;
  /** The token of a role bound to a side. */
  readonly tokenOf: (role: (typeof bound)[number], side: Side) => string;
};

const siteOf = { east: places.dingxiang, west: places.haiwei } as const;
const markOf = { east: '东门小馆', west: '西街面馆' } as const;

export async function openTwoDistricts(): Promise<TwoDistricts> {
  const server = openTestServer({ eye: scriptedEye({ detections: [seen('no_mask', 0.9)] }) });
  const { deps } = server;
  const admin = person(deps, 'admin', 'admin-he');
  const reviewer = person(deps, 'reviewer', 'reviewer-of-the-city');
  changeSettings(deps, admin, { auditShare: 0, secondShare: 0 });
  const tokens = new Map<string, string>();
  const rows = {} as Record<Side, Record<PlaceKind, number | string>>;
  const own = new Map<string, string>();
  for (const side of sides) {
    const site = siteOf[side];
    const district = addDistrict(server.db, { name: `${side} district` }, admin, deps.clock());
    const accounts = bound.map((role) => ({ role, site, id: newAccount(server, role, side, district) }));
    for (const { role, id } of accounts) {
      tokens.set(`${role} ${side}`, issueTokenFor(server.db, id, 'test', admin, deps.clock()));
      own.set(`subscription ${role} ${side}`, openSubscription(server, id));
      own.set(`query ${role} ${side}`, `mine${id}`);
      own.set(`import ${role} ${side}`, openImport(server, id));
    }
    const kitchen = await openKitchen(server, side, { admin, reviewer });
    setSitesOfDistrict(server.db, district, { sites: [site] }, admin, deps.clock());
    const goods = openGoods(server, side, { admin, reviewer });
    rows[side] = { site, ...kitchen, ...goods };
    for (const account of accounts.filter(({ role }) => role !== 'reviewer')) {
      const { capture, answer } = openOwnPapers(server, account, goods.recall);
      own.set(`capture ${account.role} ${side}`, capture);
      if (answer !== undefined) own.set(`answer ${account.role} ${side}`, answer);
    }
  }
  checkChain(deps);
  const marks = { east: [markOf.east, 'east1', siteOf.east], west: [markOf.west, 'west1', siteOf.west] };
  const idOf: TwoDistricts['idOf'] = (kind, role, side) =>
    own.get(`${kind} ${role} ${side}`) ?? rows[side][kind as PlaceKind];
  return { server, rows, idOf, marks, tokenOf: (role, side) => tokens.get(`${role} ${side}`) ?? '' };
}

function newAccount({ db, clock }: TestServer, role: Role, side: Side, district: number): number {
  const placed = role === 'owner' || role === 'partner';
  const login = `${role}.${side}`;
  const standing = placed ? { sites: [siteOf[side]] } : { sites: [], districtId: district };
  return writeTransaction(db, () =>
    insertAccount(db, { login, name: login, role, passwordHash: null, ...standing }, 'test', clock.now()),
  );
}

function openSubscription({ db }: TestServer, accountId: number): string {
  const { sqlite } = db;
  const query = sqlite
    .prepare("INSERT INTO named_query (account_id, name, definition, created_at) VALUES (?, ?, '{}', 1)")
    .run(accountId, `mine${accountId}`).lastInsertRowid;
  const id = randomUUID();
  sqlite
    .prepare(
      `INSERT INTO subscription (public_id, query_id, dest, sealed_token, initial_at, epc_format, state, created_at, cursor, batch_size)
       VALUES (?, ?, 'https://hooks.example.cn/', ?, 0, 'Always_GS1_Digital_Link', 'active', 1, 0, 100)`,
    )
    .run(id, query, 'never opened here');
  return id;
}

function openImport({ db }: TestServer, accountId: number): string {
  const id = randomUUID();
  const values = [id, accountId, 'lots.csv', '0'.repeat(64), deflateRawSync('origin,batch\n'), '{}', 'waiting', 1, 1];
  db.sqlite
    .prepare(
      'INSERT INTO sheet_import (public_id, account_id, name, sha256, bytes, choices, state, total, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(...values);
  return id;
}

type By = { readonly admin: ReturnType<typeof person>; readonly reviewer: ReturnType<typeof person> };

/** A confirmed flag with its order, and an open one that waits. */
async function openKitchen(server: TestServer, side: Side, { admin, reviewer }: By) {
  const { deps, db, clock } = server;
  const restaurant = registerRestaurant(deps, admin, {
    name: markOf[side],
    licence: 'JY23309020041826',
    address: '荷塘路 18 号',
    gln: siteOf[side],
    opensAt: '00:00',
    closesAt: '00:00',
  });
  const camera = addCamera(deps, admin, {
    siteId: restaurant.siteId,
    place: '切配区',
    kind: 'rtsp',
    url: 'rtsp://192.0.2.14/stream1',
    sampleEverySeconds: 30,
  });
  const flag = await raise(server, camera);
  const { orderId } = judgeFlag(deps, reviewer, { flagId: flag, decision: 'confirmed' });
  clock.pass(24 * 3_600_000);
  const open = await raise(server, camera);
  const picture = db.sqlite.prepare('SELECT picture_hash FROM flag WHERE id = ?').pluck().get(open) as string;
  return { restaurant: restaurant.id, camera: camera.id, picture, flag: open, order: orderId ?? 0 };
}

async function raise({ deps, db, clock }: TestServer, camera: Parameters<typeof frameOf>[0]): Promise<number> {
  for (let look = 0; look < 3; look++) {
    clock.pass(30_000);
    recordSample(deps, await frameOf(camera, { at: clock.now(), detections: [seen('no_mask', 0.87)] }));
  }
  return db.sqlite.prepare('SELECT max(id) FROM flag').pluck().get() as number;
}

function openGoods(server: TestServer, side: Side, { admin }: By) {
  const { deps, db, clock } = server;
  const site = siteOf[side];
  const [code, planned] = [lotUri(products.belly, `${side}1`), lotUri(products.belly, `${side}2`)];
  const tell = (event: Json, caller: Parameters<typeof captureDocument>[2]) =>
    captureDocument(deps, readForCapture(documentOf([event]), 'application/ld+json'), caller, { onError: 'rollback' });
  const at = clock.now() - 3_600_000;
  tell(events.commission(at, site, [[code, 10, 'KGM']]), null);
  tell(events.commission(at, site, [[planned, 10, 'KGM']]), null);
  const lot = lotByCode(db, code)?.id ?? 0;
  // A stranger says that these goods were destroyed: a claim, and a finding.
  const stranger = person(deps, 'partner', `stranger.${side}`, [places.farm]);
  tell({ ...events.sell(at + 60_000, site, [[code, 1, 'KGM']]), bizStep: 'destroying' }, stranger);
  const claim = db.sqlite.prepare('SELECT max(event_id) FROM event_claim').pluck().get() as number;
  const event = db.sqlite
    .prepare(
      'SELECT lower(hex(e.hash)) FROM event e JOIN site s ON s.key = e.biz_location_key WHERE s.id = ? ORDER BY e.id',
    )
    .pluck()
    .get(site);
  const papers = openPapers(server, side, site, { id: lot, code });
  const lotTwo = lotByCode(db, planned)?.id ?? 0;
  const { publicId: plan } = publishRecall(deps, { lotId: lotTwo, reason: `plan ${markOf[side]}` }, admin);
  const { publicId } = startRecall(deps, { lotId: lot, reason: `reason ${markOf[side]}` }, null);
  const complaint = db.sqlite
    .prepare(
      `INSERT INTO complaint (public_id, ticket, lot_id, site_id, kind, words, happened_at, state, at)
       VALUES (@side, @side, @lot, @site, 'spoiled', @words, @at, 'new', @at)`,
    )
    .run({ side, lot, site, words: `sour at ${markOf[side]}`, at }).lastInsertRowid;
  return {
    lot,
    recall: publicId,
    plan,
    complaint: Number(complaint),
    claim,
    event: `ni:///sha-256;${event}?ver=CBV2.0`,
    ...papers,
  };
}
