// A house in which everything that is kept has happened at least once, and the full check of it: for tests of what a change behind its back does.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../server/accounts/caller.ts';
import { evidenceChecks } from '../../server/evidence.ts';
import { cameraById } from '../../server/kitchen/camera/camera-store.ts';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import { openFlagFrame } from '../../server/kitchen/desk/open-flag-frame.ts';
import { undoVerdict } from '../../server/kitchen/desk/undo-verdict.ts';
import { answerOrder } from '../../server/kitchen/order/answer-order.ts';
import { appealVerdict } from '../../server/kitchen/order/appeal-verdict.ts';
import { closeOrder } from '../../server/kitchen/order/close-order.ts';
import { changeCameraRules } from '../../server/kitchen/rule/change-camera-rules.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import type { Heard } from '../../server/ledger/hear-witnesses.ts';
import { openJournal } from '../../server/ledger/journal.ts';
import { writeCheckpoint } from '../../server/ledger/write-checkpoint.ts';
import { fileComplaint } from '../../server/oversight/complaint/file-complaint.ts';
import { takeComplaintStep } from '../../server/oversight/complaint/take-complaint-step.ts';
import { everyTable } from '../../server/proof/every-table.ts';
import { verifyWhole, type WholeReport } from '../../server/proof/verify-whole.ts';
import { openSamples } from '../../server/samples.ts';
import { openOriginal } from '../../server/sight/open-original.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { openDocumentReader } from '../../server/trace/capture/read-aside.ts';
import { changeFindingRule } from '../../server/trace/finding/change-finding-rule.ts';
import { checkChain } from '../../server/trace/finding/check-chain.ts';
import { holdLot, releaseLot } from '../../server/trace/lot/hold-lot.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { recordLabTest } from '../../server/trace/lot/record-lab-test.ts';
import { registerProduct } from '../../server/trace/place/register-place.ts';
import { publishRecall } from '../../server/trace/publish/publish-recall.ts';
import { takeBackRecall } from '../../server/trace/publish/take-back-recall.ts';
import { answerRecall, seeNotice } from '../../server/trace/recall/answer-recall.ts';
import { recallAnswers, recallById, recallNotices } from '../../server/trace/recall/recall-store.ts';
import { remindHolders } from '../../server/trace/recall/remind-recall.ts';
import { startRecall } from '../../server/trace/recall/start-recall.ts';
import { takeBackAnswer } from '../../server/trace/recall/take-back-answer.ts';
import { keepNamedQuery } from '../../server/trace/subscription/keep-named-query.ts';
import { documentOf, events, hour, lotUri, places, products } from './cast.ts';
import { type Cast, frameOf, jpeg, openCast, scriptedEye, seen } from './kitchen-cast.ts';
import { playChain, playClaims } from './proof-chain.ts';
import { playFederation } from './proof-federation.ts';
import { playInspections } from './proof-inspection.ts';
import { playMerges } from './proof-merge.ts';
import { playDays } from './proof-oversight.ts';
import { openTestServer, type TestServer } from './server.ts';

export type ProofHouse = TestServer & { readonly cast: Cast };

/** `samples`: the sample district as well. */
export async function openProofHouse({ samples = false }: { samples?: boolean } = {}): Promise<ProofHouse> {
  const server = openTestServer({ eye: scriptedEye() });
  openJournal(server.db, everyTable, server.clock.now);
  if (samples) await openSamples(server.deps);
  const house = { ...server, cast: openCast(server.deps) };
  await playKitchen(house);
  playChain(house);
  playClaims(house);
  await playPeople(house);
  await playInspections(house);
  playMerges(house);
  await playDays(house);
  await playFederation(house);
  fillTheRest(house);
  writeCheckpoint(server.db, server.deps.secrets, server.clock.now());
  // A checkpoint is vouched for by the next entry.
  registerProduct(server.deps, { gtin: products.mince, name: '肉末', unit: 'KGM' });
  return house;
}

const reader = openDocumentReader();

/** The full check, as `cli verify` makes it. */
export function verifyHouse(
  { db, deps }: Pick<ProofHouse, 'db' | 'deps'>,
  heard: readonly Heard[] = [],
): Promise<WholeReport> {
  return verifyWhole({
    live: db,
    publicKey: deps.secrets.ledgerPublicKey,
    checks: evidenceChecks(db, deps.config.dataDir),
    heard,
    blobsAt: join(deps.config.dataDir, 'blobs'),
    scratchAt: mkdtempSync(join(tmpdir(), 'bk-scratch-')),
    read: reader,
    progress: () => undefined,
  });
}

async function playKitchen(house: ProofHouse): Promise<void> {
  const { deps, db, clock, cast } = house;
  const raised: number[] = [];
  for (const violation of ['no_mask', 'no_hat', 'no_mask']) {
    for (let frame = 0; frame < 5; frame++) {
      clock.pass(30_000);
      const detections = frame < 2 ? [seen(violation, 0.87)] : [];
      raised.push(...recordSample(deps, await frameOf(cast.camera, { at: clock.now(), detections })).flags);
    }
    clock.pass(3_600_000);
  }
  clock.pass(86_400_000);
  recordSample(deps, await frameOf(cast.camera, { at: clock.now() }));
  const [first = 0, second = 0, third = 0] = raised;
  judgeFlag(deps, cast.reviewer, { flagId: first, decision: 'confirmed' });
  undoVerdict(deps, cast.reviewer);
  const orderId = judgeFlag(deps, cast.reviewer, { flagId: first, decision: 'confirmed', visibleMs: 900 }).orderId ?? 0;
  await answerOrder(deps, cast.owner, { orderId, text: '已戴好', photo: await jpeg(7) });
  closeOrder(deps, cast.secondReviewer, { orderId, decision: 'accepted' });
  const appealed = judgeFlag(deps, cast.reviewer, { flagId: second, decision: 'confirmed' }).orderId ?? 0;
  appealVerdict(deps, cast.owner, { orderId: appealed, text: '那是访客' });
  if (third !== 0) judgeFlag(deps, cast.reviewer, { flagId: third, decision: 'cleared' });
  const picture = db.sqlite.prepare('SELECT picture_hash FROM flag WHERE id = ?').pluck().get(first) as string;
  openOriginal(deps, cast.admin, picture, 'an inspector asked');
  await openFlagFrame(deps, cast.reviewer, second);
  const camera = cameraById(db, cast.camera.id);
  if (camera !== undefined)
    changeCameraRules(deps, cast.admin, camera.id, { ...camera.rules, thresholds: { no_mask: 0.7 } });
}

async function playPeople({ deps, db, clock, cast }: ProofHouse): Promise<void> {
  const inspector: Caller = { ...cast.admin, role: 'inspector' };
  const lotOf = (code: string) => lotByCode(db, code)?.id ?? 0;
  const belly = lotOf(lotUri(products.belly, 'B1'));
  holdLot(deps, belly, 'smells', inspector);
  releaseLot(deps, belly, 'does not', inspector);
  recordLabTest(deps, { lotId: belly, subject: 'clenbuterol', result: 'failed', testedAt: hour(13) }, inspector);
  const { recallId } = startRecall(deps, { lotId: belly, reason: 'clenbuterol' }, inspector);
  clock.pass(86_400_000);
  remindHolders(deps, recallId, inspector);
  const [notice] = recallNotices(db, recallId);
  const holder: Caller = { ...inspector, role: 'owner', sites: [notice?.siteId ?? ''] };
  seeNotice(deps, notice?.id ?? 0, holder);
  answerRecall(
    deps,
    { noticeId: notice?.id ?? 0, lines: [{ action: 'quarantined', quantity: 2, unit: 'kg' }] },
    holder,
  );
  const recall = recallById(db, recallId);
  const [wrong] = recallAnswers(db, recallId);
  if (recall !== undefined) takeBackAnswer(deps, recall, wrong?.id ?? 0, holder);
  answerRecall(
    deps,
    { noticeId: notice?.id ?? 0, lines: [{ action: 'quarantined', quantity: 2, unit: 'kg' }] },
    holder,
  );
  captureDocument(
    deps,
    readForCapture(
      documentOf([events.ship(hour(14), places.wholesaler, places.haiwei, [[lotUri(products.belly, 'B1'), 4, 'KGM']])]),
      'application/ld+json',
    ),
    null,
    { onError: 'rollback' },
  );
  checkChain(deps);
  const prawn = lotOf(lotUri(products.prawn, 'P1'));
  const { publicId } = publishRecall(deps, { lotId: prawn, reason: 'melamine' }, inspector);
  takeBackRecall(deps, publicId, inspector);
  changeFindingRule(deps, { productId: 0, lossShare: 0.2, transitHours: 24, nearDays: 3 }, inspector);
  keepNamedQuery(deps, inspector, { name: 'mine', definition: {} as never });
  const lot = lotByCode(db, lotUri(products.belly, 'B1'));
  if (lot === undefined) return;
  const complaint = {
    ticket: 't1',
    siteId: null,
    kind: 'other' as const,
    words: '酸了',
    place: '店里',
    happenedAt: hour(15),
  };
  await fileComplaint(deps, lot, { ...complaint, contact: '138', photo: await jpeg(9) });
  const filed = db.sqlite.prepare('SELECT max(id) FROM complaint').pluck().get() as number;
  takeComplaintStep(deps, filed, { kind: 'closed', words: '已处理', siteId: '' }, inspector);
}

/** Rows of tables whose actions need models, Redis or a partner's server: written as those actions write them, in a transaction. */
function fillTheRest({ db, deps, clock, cast }: ProofHouse): void {
  const at = clock.now();
  const run = (sql: string) => writeTransaction(db, () => db.sqlite.exec(sql));
  const account = cast.admin.id;
  const hashOf = (number: number) => deps.blobs.put(Buffer.from(`file ${number}`));
  run(
    `INSERT INTO pack_version (name, version, task, sha256, manifest_sha256, file, bytes, added_at) VALUES ('eye', '1', 'detect', '${hashOf(1)}', '${hashOf(2)}', 'eye.onnx', 10, ${at})`,
  );
  run(`INSERT INTO pack_set (digest, source, state, note, added_at) VALUES ('d1', 'shipped', 'active', '', ${at})`);
  run('INSERT INTO pack_set_member VALUES (1, 1)');
  run(`INSERT INTO pack_set_step (set_id, at, kind) VALUES (1, ${at}, 'added')`);
  run(
    `INSERT INTO pack_look (set_id, hash, camera_id, looked_at, rules, sightings) VALUES (1, '${hashOf(3)}', ${cast.camera.id}, ${at}, 'r', '[]')`,
  );
  run(`INSERT INTO pack_learning (site_id, asked_by, asked_at, state) VALUES ('s', ${account}, ${at}, 'waiting')`);
  run(
    `INSERT INTO dataset_export (asked_by, asked_at, reason, request, state) VALUES (${account}, ${at}, 'training', '{}', 'waiting')`,
  );
  run(
    `INSERT INTO threshold_decision (camera_id, violation, decision, before, proposed, figures, by, at) VALUES (${cast.camera.id}, 'no_mask', 'dismissed', 0.6, 0.7, '{}', ${account}, ${at})`,
  );
  run(
    `INSERT INTO one_time_link (hash, kind, account_id, offer, created_by, created_at, expires_at) VALUES ('k', 'reset', ${account}, '{}', ${account}, ${at}, ${at})`,
  );
  run(`INSERT INTO totp (account_id, secret, created_at, last_step) VALUES (${account}, 'sealed', ${at}, 3)`);
  run(
    `INSERT INTO passkey (id, account_id, name, public_key, counter, transports, created_at) VALUES ('p', ${account}, 'phone', x'0102', 0, '[]', ${at})`,
  );
  run(`INSERT INTO recovery_code (hash, account_id, created_at) VALUES ('c', ${account}, ${at})`);
  run(`INSERT INTO flag_cause VALUES (1, 'hold', 'lot/1', '冷鲜五花肉 B1', NULL, '/lots/1/kitchens', ${at})`);
  run(`INSERT INTO lot_look (kind, cause_id, lot_id, kitchens, flags, at) VALUES ('hold', 1, 1, 1, 1, ${at})`);
  run(`INSERT INTO sentinel_alert (kind, scope, subject, class, day, window, count, expected, limit_count, chance, counts, state, at)
       VALUES ('flag', 'city', '', '', '2026-11-22', 1, 9, 1.2, 6, 0.00001, '[]', 'open', ${at})`);
  run(`INSERT INTO routing_version (rules, reason, account_id, at) VALUES ('[]', 'none', ${account}, ${at})`);
  run(`INSERT INTO mediation VALUES (1, 'shop', ${at}, NULL, 0, 0, 0, ${at}, NULL)`);
  run(
    `INSERT INTO mediation_step (complaint_id, party, act, words, account_id, at) VALUES (1, 'shop', 'offered', '退款', ${account}, ${at})`,
  );
  run(`INSERT INTO audit_draw SELECT max(id), ${cast.camera.id}, ${at}, 11, 0.5, '[]' FROM flag`);
  run(`INSERT INTO risk_grade (site_id, grade, score, rule_id, at) VALUES ('local:dingxiang', 'B', 20, 0, ${at})`);
  run(`INSERT INTO risk_rule (rule, reason, account_id, at) VALUES ('{}', 'weighs more', ${account}, ${at})`);
  run(`INSERT INTO recall_report VALUES (1, 'en', '${hashOf(4)}', ${at})`);
  run(`INSERT INTO webhook_network (network, port, account_id, at) VALUES ('10.0.0.0/8', 443, ${account}, ${at})`);
  run(`INSERT INTO subscription (public_id, query_id, dest, sealed_token, initial_at, epc_format, state, created_at, cursor, batch_size)
       VALUES ('s1', 1, 'https://partner.example/in', 'sealed', 0, 'Always_GS1_Digital_Link', 'active', ${at}, 0, 100)`);
  run(`INSERT INTO organisation (name, created_at) VALUES ('王记', ${at})`);
  run(`INSERT INTO district (name, created_at) VALUES ('荷塘区', ${at})`);
  run("INSERT INTO site_district VALUES ('local:dingxiang', 1)");
  run(`INSERT INTO place_grant (account_id, place, granted_at) VALUES (${account}, '6900000000012', ${at})`);
  run(`INSERT INTO token (hash, account_id, name, created_at) VALUES ('h', ${account}, 'till', ${at})`);
}
