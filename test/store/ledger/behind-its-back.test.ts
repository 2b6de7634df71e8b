// What somebody with the database file would want to change: each such change is named by the full check, with its row.
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WholeReport } from '../../../server/proof/verify-whole.ts';
import { copyDatabase, openReadOnly, writeTransaction } from '../../../server/store/db.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openProofHouse, type ProofHouse, verifyHouse } from '../../support/proof-house.ts';
import { behindItsBack } from '../../support/tampering.ts';

type Faults = WholeReport['faults'];
let house: ProofHouse;
const folder = mkdtempSync(join(tmpdir(), 'bk-behind-'));
const [whole, changed] = [join(folder, 'whole.db'), join(folder, 'changed.db')];

beforeAll(async () => {
  house = await openProofHouse();
  keepMuch(house);
  await copyDatabase(house.db, whole);
}, 120_000);

/** A document, and an entry with rows, that are long enough to be packed. */
function keepMuch({ deps, db }: ProofHouse): void {
  const farm = Array.from({ length: 60 }, (_, index) =>
    events.commission(hour(1), places.farm, [[lotUri(products.pig, `L${index}`), 5, 'KGM']]),
  );
  captureDocument(deps, readForCapture(documentOf(farm), 'application/ld+json'), null, { onError: 'rollback' });
  const add = db.sqlite.prepare('INSERT INTO site_district VALUES (?, 1)');
  writeTransaction(db, () => farm.forEach((_, index) => void add.run(`local:stall-${index}`)));
}

/** All at once on one copy, for each touches another table; the sums say that something was there to change. */
async function faultsAfter(statements: readonly string[]): Promise<Faults> {
  copyFileSync(whole, changed);
  behindItsBack(changed, ({ sqlite }) => {
    expect(statements.filter((statement) => sqlite.prepare(statement).run().changes === 0)).toEqual([]);
  });
  const db = openReadOnly(changed);
  try {
    return (await verifyHouse({ db, deps: house.deps })).faults;
  } finally {
    db.sqlite.close();
  }
}

const firstLot = "(SELECT min(id) FROM lot WHERE code LIKE '%/10/B1')";

describe('a row that was changed is named', () => {
  const cases: readonly (readonly [what: string, statement: string, place: RegExp, detail: RegExp])[] = [
    ['an amount that went out', 'UPDATE edge_in SET quantity = 11 WHERE quantity = 10', /^edge_in /, /quantity is 11/],
    [
      'a link to another lot',
      'UPDATE edge_out SET holding_id = holding_id + 1 WHERE turn = 0 AND event_id = 4',
      /^edge_out /,
      /./,
    ],
    [
      'a sale taken back that counts again',
      'UPDATE event SET voided_by = NULL WHERE voided_by IS NOT NULL',
      /^event /,
      /voided_by is null/,
    ],
    ['a recall that reaches less', 'UPDATE recall_scope SET share = 0 WHERE share > 0', /^(recall_scope|recall) /, /./],
    ['a recall said to be over', "UPDATE recall SET state = 'closed'", /^recall /, /state is "closed"/],
    [
      'a notice said to be unseen',
      'UPDATE recall_notice SET seen_at = NULL WHERE seen_at IS NOT NULL',
      /^recall_notice /,
      /seen_at is null/,
    ],
    [
      'an answer with more than there was',
      'UPDATE recall_answer SET quantity = 20',
      /^recall_answer /,
      /quantity is 20/,
    ],
    [
      'a reading that was too warm',
      'UPDATE sensor_reading SET value = 3 WHERE value = 7.5',
      /^sensor_reading /,
      /value is 3/,
    ],
    [
      'a certificate of another office',
      "UPDATE certificate SET issuer = 'nobody'",
      /^certificate /,
      /issuer is "nobody"/,
    ],
    ['a failed laboratory test', "UPDATE lab_test SET result = 'passed'", /^lab_test /, /result is "passed"/],
    ['a lot that was on hold', "UPDATE lot_hold SET state = 'released'", /^lot_hold /, /./],
    [
      'a flag said to be cleared',
      "UPDATE flag SET status = 'cleared' WHERE status = 'confirmed'",
      /^flag /,
      /status is "cleared"/,
    ],
    ['a verdict', "UPDATE verdict SET decision = 'cleared' WHERE id = 1", /^verdict /, /decision is "cleared"/],
    [
      'an order said to be closed',
      "UPDATE rectification_order SET state = 'closed', closed_at = 1 WHERE closed_at IS NULL",
      /^rectification_order /,
      /closed_at is 1/,
    ],
    ['a score', 'UPDATE restaurant SET score = 99', /^restaurant /, /score is 99/],
    ['what took points away', 'DELETE FROM score_event WHERE id = 1', /^score_event /, /gone/],
    [
      'a claim said to be confirmed',
      "UPDATE event_claim SET decision = 'confirmed', decided_at = 1 WHERE decision IS NULL",
      /^event_claim /,
      /decision is "confirmed"/,
    ],
    ['who may do what', "UPDATE account SET role = 'admin' WHERE role = 'owner'", /^account /, /role is "admin"/],
    ['a complaint made public', 'UPDATE complaint SET published_at = 5', /^complaint /, /published_at is 5/],
    [
      'a name that was told only as its digest',
      "UPDATE complaint_step SET words = 'nothing was done'",
      /^complaint_step /,
      /words is "sha256/,
    ],
  ];
  let faults: Faults;
  beforeAll(async () => {
    faults = await faultsAfter(cases.map(([, statement]) => statement));
  }, 60_000);

  it.each(cases)('%s', (_what, _statement, place, detail) => {
    const named = faults.filter((fault) => place.test(fault.place));
    expect(named.map((fault) => fault.detail)).toEqual(expect.arrayContaining([expect.stringMatching(detail)]));
  });
});

describe('a row without an origin in the ledger is named', () => {
  const cases: readonly (readonly [what: string, statement: string, place: RegExp])[] = [
    [
      'goods that nobody captured',
      'INSERT INTO edge_out SELECT event_id, strand + 50, holding_id, turn, at, 70, unit, role, voided_by FROM edge_out LIMIT 1',
      /^edge_out /,
    ],
    [
      'a certificate on another lot',
      `INSERT INTO lot_certificate SELECT ${firstLot}, id FROM certificate`,
      /^lot_certificate /,
    ],
    [
      'a verdict that nobody gave',
      'INSERT INTO verdict (flag_id, by, at, decision, violation, stage, status_before, idle, seen) SELECT flag_id, by, at, decision, violation, stage, status_before, idle, seen FROM verdict LIMIT 1',
      /^verdict /,
    ],
    [
      'an account that nobody made',
      "INSERT INTO account (login, name, role, created_at, sample) VALUES ('ghost', 'ghost', 'admin', 1, 0)",
      /^account /,
    ],
    [
      'an answer that no holder gave',
      'INSERT INTO recall_answer (notice_id, lot_id, action, at) SELECT notice_id, lot_id, action, at FROM recall_answer LIMIT 1',
      /^recall_answer /,
    ],
    [
      'a picture of an order that no owner sent',
      "INSERT INTO picture (hash, site_id, kind, at, width, height) SELECT hash, 'local:elsewhere', 'answer', at, width, height FROM picture LIMIT 1",
      /^picture /,
    ],
  ];
  let faults: Faults;
  beforeAll(async () => {
    faults = await faultsAfter(cases.map(([, statement]) => statement));
  }, 60_000);

  it.each(cases)('%s', (_what, _statement, place) => {
    const named = faults.filter((fault) => place.test(fault.place));
    expect(named.map(({ detail }) => detail).join(' ')).toMatch(
      /No entry of the ledger says where it comes from|Nothing that was captured or recorded makes it/,
    );
  });
});

describe('bytes', () => {
  it('behind the end of a kept document are found, though what they unpack to is as before', async () => {
    const faults = await faultsAfter(["UPDATE event_document SET bytes = bytes || x'00' WHERE encoding IS NOT NULL"]);
    expect(faults).not.toEqual([]);
  });

  it('behind the end of what an entry says of rows are found', async () => {
    const faults = await faultsAfter(["UPDATE ledger_row SET rows = rows || x'00' WHERE typeof(rows) = 'blob'"]);
    expect(faults.map(({ detail }) => detail)).toContain('What it says of rows is not what was written.');
  });

  it('of a picture that no entry names are found', async () => {
    const hash = house.db.sqlite
      .prepare(
        'SELECT hash FROM picture p WHERE NOT EXISTS (SELECT 1 FROM flag_frame f WHERE f.hash = p.hash) AND gone_at IS NULL',
      )
      .pluck()
      .get() as string;
    const path = join(house.deps.config.dataDir, 'blobs', hash.slice(0, 2), hash.slice(2));
    const before = readFileSync(path);
    writeFileSync(path, Buffer.concat([before, Buffer.of(1)]));
    const faults = await faultsAfter([]);
    writeFileSync(path, before);
    expect(faults).toEqual([{ place: `file ${hash}`, detail: expect.stringContaining('not what was stored') }]);
  });
});
