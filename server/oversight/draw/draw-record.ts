// The record of a draw that anybody can run again: what was committed, the beacon's round, and what came of it.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../ledger/entry.ts';
import { type Beacon, beaconSources, readBeacon, signatureHolds, timeOfRound } from './beacon.ts';
import { type DrawnTarget, drawLots, heaviest, type Pool } from './lottery.ts';
import { certificateNames, pulseSchema } from './pulse.ts';

export const drawFormat = 'bright-kitchen-draw/1';
export const mostTargets = 200_000;
export const mostInspectors = 5_000;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const siteId = z.string().min(1).max(200);

export const ruleSchema = z.object({
  format: z.literal(drawFormat),
  title: z.string().max(120),
  beacon: z.object({
    source: z.enum(beaconSources),
    round: z.int().positive(),
    /** Of NIST: the id of the certificate that has to sign it. */
    certificate: hex(64).optional(),
  }),
  /** How many are drawn of each stratum. */
  sizes: z.record(z.string(), z.int().nonnegative()),
  inspectorsEach: z.int().min(1).max(5),
  /** What had been left out of the pool, for the reader: it changes nothing of the drawing. */
  leftOut: z.object({ recentDays: z.int(), recent: z.int(), district: z.int().nullable() }),
});

export const poolSchema = z.object({
  targets: z
    .array(
      z.object({
        id: siteId,
        stratum: z.string().min(1).max(60),
        weight: z.int().min(1).max(heaviest),
        district: z.int().nullable(),
      }),
    )
    .max(mostTargets),
  inspectors: z
    .array(z.object({ id: z.int(), district: z.int().nullable(), conflicts: z.array(siteId).max(mostTargets) }))
    .max(mostInspectors),
});

export const recordSchema = z.object({
  rule: ruleSchema,
  pool: poolSchema,
  /** Hex, 32 bytes; its hash was committed with the others. */
  seed: hex(32),
  committed: z.object({
    ruleHash: hex(32),
    poolHash: hex(32),
    seedHash: hex(32),
    at: z.int(),
    /** The ledger entry that says so. */
    entry: z.int(),
  }),
  beacon: z.object({
    source: z.enum(beaconSources),
    round: z.int(),
    randomness: z.string(),
    signature: z.string(),
    pulse: pulseSchema.optional(),
    certificate: z.string().max(20_000).optional(),
  }),
  drawn: z.array(z.object({ id: siteId, stratum: z.string(), inspectors: z.array(z.int()) })),
});

export type DrawRule = z.infer<typeof ruleSchema>;
export type DrawRecord = z.infer<typeof recordSchema>;

/** SHA-256 of the canonical JSON (keys sorted, no spaces), hex. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

export function hashOfSeed(seed: string): string {
  return createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex');
}

export type Committed = Pick<DrawRecord['committed'], 'ruleHash' | 'poolHash' | 'seedHash'>;

/** SHA-256 over the beacon's randomness, the seed, and the hashes of rule and pool, one after the other as bytes. */
export function entropyOf(beacon: Beacon, seed: string, { ruleHash, poolHash }: Omit<Committed, 'seedHash'>): Buffer {
  const parts = [beacon.randomness, seed, ruleHash, poolHash].map((part) => Buffer.from(part, 'hex'));
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

export function drawBy(rule: DrawRule, pool: Pool, beacon: Beacon, seed: string): DrawnTarget[] {
  const hashes = { ruleHash: hashOf(rule), poolHash: hashOf(pool) };
  return drawLots(pool, rule.sizes, rule.inspectorsEach, entropyOf(beacon, seed, hashes));
}

export const drawChecks = ['pool', 'rule', 'seed', 'time', 'round', 'signature', 'drawn'] as const;
export type DrawCheck = {
  readonly check: (typeof drawChecks)[number];
  /** Undefined: it cannot be checked here. */
  readonly ok: boolean | undefined;
  readonly detail: string;
};

/** Everything that can be checked without the server. */
export async function verifyRecord(record: DrawRecord): Promise<DrawCheck[]> {
  const { rule, pool, seed, committed, beacon } = record;
  const roundAt = timeOfRound(rule.beacon.source, rule.beacon.round);
  const read = readBeacon(rule.beacon.source, rule.beacon.round, beaconText(beacon));
  const again = drawBy(rule, pool, beacon, seed);
  const signed = read.ok ? await signatureHolds(read.beacon, rule.beacon) : false;
  return [
    check('pool', hashOf(pool) === committed.poolHash, 'The pool is the one that was committed.'),
    check('rule', hashOf(rule) === committed.ruleHash, 'The rule is the one that was committed.'),
    check('seed', hashOfSeed(seed) === committed.seedHash, 'The seed is the one whose hash was committed.'),
    check('time', committed.at < roundAt, 'The commitment is older than the round of the beacon.'),
    check('round', read.ok && beacon.source === rule.beacon.source, 'The round is the one that was named.'),
    check('signature', signed, signedSaid(beacon)),
    check('drawn', canonicalJson(again) === canonicalJson(record.drawn), 'The same draw gives the same lots.'),
  ];
}

/** Whose certificate it is, the reader has to know: whoever commits to one can have made it. */
function signedSaid({ source, certificate }: Beacon): string {
  if (source === 'drand-quicknet') return "The beacon's own key signed the round.";
  if (certificate === undefined) return 'No certificate was committed: whoever typed the pulse could have made it.';
  const { subject = '', issuer = '' } = certificateNames(certificate) ?? {};
  return `The committed certificate signed the pulse. It says: ${subject}; issued by ${issuer}. See that the beacon itself names its id.`;
}

function check(name: DrawCheck['check'], ok: boolean | undefined, detail: string): DrawCheck {
  return { check: name, ok, detail };
}

/** The kept round in the form its beacon gives it. */
function beaconText({ source, round, randomness, signature, pulse, certificate = '' }: Beacon): string {
  if (source === 'drand-quicknet') return JSON.stringify({ round, randomness, signature });
  const timeStamp = new Date(timeOfRound(source, round)).toISOString();
  const whole = { timeStamp, ...pulse, outputValue: randomness, signatureValue: signature };
  return `${JSON.stringify({ pulse: whole })}\n${certificate}`;
}
