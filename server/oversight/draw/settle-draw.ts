// Draws the lots of a committed draw with the beacon's round, asks for the visits, and merges those that were due anyway.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { canonicalJson } from '../../ledger/entry.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { askVisit } from '../visit/ask-visit.ts';
import { type Beacon, type BeaconFault, hasOtherCertificate, readBeacon, signatureHolds } from './beacon.ts';
import { closedAmong, inspectorsLeft } from './draw-change-store.ts';
import { drawBy, hashOf } from './draw-record.ts';
import { type Draw, drawById, maySeeDraw, poolOfDraw, seedOfDraw } from './draw-store.ts';
import type { DrawnTarget, Pool } from './lottery.ts';

type SettleDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

/** `answer`: what the beacon's address gives for the round. Throws Problem `not_found`, `conflict`, `invalid_input`. */
export async function settleDraw(deps: SettleDeps, caller: Caller, id: number, answer: string): Promise<void> {
  const { db, clock, secrets } = deps;
  const draw = openDraw(db, caller, id);
  if (clock() < draw.roundAt) refuse('too_early', 'The round is not out yet: nothing can be its answer.');
  const { source, round } = draw.rule.beacon;
  const read = readBeacon(source, round, answer);
  if (!read.ok) return refuse(read.fault, sentences[read.fault]);
  if (source === 'nist-2' && read.beacon.pulse === undefined) return refuse('unreadable', sentences.unreadable);
  if (hasOtherCertificate(read.beacon, draw.rule.beacon))
    return refuse('other_certificate', sentences.other_certificate);
  if ((await signatureHolds(read.beacon, draw.rule.beacon)) === false)
    return refuse('wrong_signature', sentences.wrong_signature);
  const pool = poolOfDraw(db, id);
  if (hashOf(pool) !== draw.poolHash || hashOf(draw.rule) !== draw.ruleHash)
    refuse('changed', 'Pool or rule are not those that were committed: this draw cannot take place.');
  const drawn = drawBy(draw.rule, pool, read.beacon, seedOfDraw(db, secrets.sealKey, id));
  writeTransaction(db, () => {
    openDraw(db, caller, id);
    keep(deps, caller, draw, { beacon: read.beacon, drawn, pool });
  });
}

function openDraw(db: Db, caller: Caller, id: number): Draw {
  const draw = drawById(db, id);
  if (draw === undefined || !maySeeDraw(caller, draw)) throw new Problem('not_found');
  if (draw.state !== 'committed') throw new Problem('conflict', { detail: 'This draw has taken place already.' });
  return draw;
}

type Outcome = { readonly beacon: Beacon; readonly drawn: readonly DrawnTarget[]; readonly pool: Pool };

function keep({ db, clock, secrets }: SettleDeps, caller: Caller, { id }: Draw, { beacon, drawn, pool }: Outcome) {
  const at = clock();
  const weights = new Map(pool.targets.map((target) => [target.id, target.weight]));
  // The lots stand as they fell; nobody is sent to a kitchen that closed meanwhile, nor who may not sign in any more.
  const closed = closedAmong(db, drawn);
  const may = inspectorsLeft(db, drawn);
  const asked = drawn
    .filter(({ id: siteId }) => !closed.has(siteId))
    .map(({ id: siteId, inspectors: lots }) => {
      const inspectors = lots.filter((each) => may.has(each));
      return askVisit(db, {
        siteId,
        kind: 'draw',
        ref: `draw/${id}`,
        weight: weights.get(siteId) ?? 1,
        inspectors,
        at,
      });
    });
  const merged = asked.filter((visit) => visit.merged).length;
  db.sqlite
    .prepare(
      `UPDATE draw SET state = 'drawn', beacon = @beacon, drawn = @drawn, drawn_at = @at, drawn_by = @by, merged = @merged WHERE id = @id`,
    )
    .run({ id, beacon: canonicalJson(beacon), drawn: canonicalJson(drawn), at, by: caller.id, merged });
  const seed = seedOfDraw(db, secrets.sealKey, id);
  // The pulse itself stands in the record: its value is the hash of it.
  const { source, round, randomness, signature } = beacon;
  const said = { source, round, randomness, signature };
  const body = {
    step: 'drawn',
    beacon: said,
    seed,
    drawn: hashOf(drawn),
    lots: drawn.length,
    merged,
    closed: closed.size,
    by: caller.id,
  };
  appendEntry(db, { kind: 'draw', subject: `draw/${id}`, body, at });
}

const sentences: Readonly<Record<BeaconFault, string>> = {
  unreadable: 'This is not what the beacon answers: copy its whole answer, with its braces.',
  wrong_round: 'This is another round than the one that was committed.',
  not_its_hash: 'The randomness is not the hash of the signature: a digit was changed.',
  wrong_signature: "The beacon's key has not signed this round.",
  other_certificate:
    'The pulse needs the committed certificate below it. If the beacon signs with another one by now, start a new draw under its id.',
};

function refuse(code: string, detail: string): void {
  throw new Problem('invalid_input', { faults: [{ place: '/answer', code, detail }] });
}
