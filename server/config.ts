// Reads the environment once: one frozen Config, or every fault in it at once.
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { readRedisAddress } from '../inference/redis-address.ts';
import { type BucketSettings, bucketHints, bucketOf, bucketShape, missingOfBucket } from './bucket/bucket-settings.ts';
import { type KnownWitness, readLogs, readWitnesses } from './ledger/known-witness.ts';
import type { NamedKey } from './ledger/note.ts';

export type Config = {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Whether a new data directory gets the sample district. */
  readonly demo: boolean;
  readonly redisUrl: string | undefined;
  /** What opens a server's jobs; for a worker alone. */
  readonly workerKey: string | undefined;
  /** What people know this worker by; its machine's name when not set. */
  readonly workerName: string | undefined;
  /** Origin under which the outside reaches this server, without a slash at the end. */
  readonly publicUrl: string;
  /** Networks whose X-Forwarded-For is believed, in CIDR form. */
  readonly trustedProxies: readonly string[];
  readonly ffmpegPath: string | undefined;
  readonly modelsDir: string;
  /** Worker threads that look at frames, one core each. */
  readonly eyes: number;
  /** Looks at cameras that one machine can take a minute; undefined: as many as come. */
  readonly looksPerMinute: number | undefined;
  readonly provider: string;
  readonly logLevel: string;
  readonly fontPath: string | undefined;
  /** The mail server that notices go out through; undefined: none do. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** How long a session may lie unused before it ends. */
  readonly sessionIdleMs: number;
  /** Who stamps the time of evidence (RFC 3161). */
  readonly tsaUrl: string | undefined;
  readonly drandUrl: string | undefined;
  readonly nistBeaconUrl: string | undefined;
  /** The id of the certificate that NIST's beacon signs with, lower case. */
  readonly nistCertificate: string | undefined;
  /** Where the map of the boards comes from, with {z}, {x} and {y}; undefined: a plain plane. */
  readonly tileUrl: string | undefined;
  /** Whose map it is, as its owner wants it said. */
  readonly tileCredit: string | undefined;
  /** Where evidence pictures are moved to; undefined: they stay in the folder. */
  readonly bucket: BucketSettings | undefined;
  /** Who signs the ledger's checkpoints besides the server. */
  readonly witnesses: readonly KnownWitness[];
  /** For a witness process alone: its folder, its port and name, the ledgers it signs for. */
  readonly witness: {
    readonly dir: string;
    readonly port: number;
    readonly name: string;
    readonly logs: readonly NamedKey[];
  };
};

export class ConfigFaults extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(['These settings cannot be used:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'ConfigFaults';
    this.faults = faults;
  }
}

const hint = {
  HOST: 'a host name or address to listen on, such as 127.0.0.1 or 0.0.0.0',
  PORT: 'a whole number from 0 to 65535, such as 8080',
  DATA_DIR: 'a folder this user may write to, such as ./data',
  DEMO: 'on (a new data directory gets the sample district) or off (it starts empty)',
  REDIS_URL:
    'redis://host:port, redis+sentinel://host:port,host:port/name or redis+cluster://host:port,host:port (rediss for TLS)',
  WORKER_KEY: 'what npm run -s cli -- worker-key prints beside the server: 43 letters, digits, - and _',
  WORKER_NAME: 'a name of up to 60 characters',
  PUBLIC_URL: 'the http(s) address people reach this server at, such as https://kitchen.example.cn',
  TRUSTED_PROXIES: 'the networks of the proxies in front of this server, such as 127.0.0.1/32,10.0.0.0/8',
  FFMPEG_PATH: 'the path of an ffmpeg program',
  MODELS_DIR: 'the folder that holds the model packs',
  EYES: 'a whole number of worker threads from 1 to 64',
  LOOKS_PER_MINUTE: 'a whole number from 1 to 100000, such as 900',
  PROVIDER: 'an onnxruntime execution provider: cpu, cuda, dml, coreml …',
  LOG_LEVEL: 'one of fatal, error, warn, info, debug, trace, silent',
  SMTP_URL: 'a mail server, such as smtps://name:password@mail.example.cn:465',
  MAIL_FROM: 'an e-mail address that notices are sent from, such as notice@example.cn',
  FONT_PATH: 'the path of a font file with Han characters, for PDF',
  SESSION_IDLE_MINUTES: 'a whole number of minutes from 5 to 720, such as 120',
  TSA_URL: 'the http(s) address of a time-stamp authority (RFC 3161), such as https://tsa.example.cn/tsr',
  DRAND_URL: 'the http(s) address of drand or a mirror of it, such as https://api.drand.sh',
  NIST_BEACON_URL: 'the http(s) address of the NIST randomness beacon, such as https://beacon.nist.gov',
  NIST_BEACON_CERTIFICATE: 'the certificateId of the NIST beacon, 128 hex digits, from a certificate you have checked',
  TILE_URL:
    'the http(s) address of map tiles with {z}, {x} and {y} in its path, such as https://tiles.example.cn/{z}/{x}/{y}.png',
  TILE_CREDIT: 'a line of at most 120 characters, such as © OpenStreetMap contributors',
  ...bucketHints,
  WITNESSES: 'the line that npm run witness prints: its key, a space, its address; several with commas between',
  WITNESS_DIR: "a folder of the witness's own, such as ./witness",
  WITNESS_PORT: 'a whole number from 0 to 65535, such as 8090',
  WITNESS_NAME: 'a name without spaces and +, such as witness.example.org/kitchens',
  WITNESS_LOGS: 'the keys of the ledgers it signs for, as /ledger shows them, with commas between',
} as const;

const blankAsUnset = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsUnset, schema.optional());

const networks = (text: string) => text.split(',').flatMap((part) => part.trim() || []);
const areNetworks = (all: string[]) => all.every((network) => ipaddr.isValidCIDR(network));

/** A list that is read as a whole or is wrong as a whole. */
function listed<T>(read: (text: string) => T[] | undefined) {
  return z
    .preprocess(blankAsUnset, z.string().default(''))
    .transform(read)
    .refine((list) => list !== undefined)
    .transform((list) => list ?? []);
}

/** One origin alone: it stands in the content policy of the page as it is. */
function isTileUrl(text: string): boolean {
  const isPlain = /^https?:\/\/[\w.:[\]-]+\/[^\s{}]*(\{[zxy]\}[^\s{}]*){3}$/.test(text) && URL.canParse(text);
  return isPlain && ['{z}', '{x}', '{y}'].every((part) => text.includes(part));
}

const schema = z
  .object({
    HOST: z.preprocess(
      blankAsUnset,
      z
        .string()
        .regex(/^[\w.:[\]-]+$/)
        .default('127.0.0.1'),
    ),
    PORT: z.preprocess(blankAsUnset, z.coerce.number().int().min(0).max(65_535).default(8080)),
    DATA_DIR: z.preprocess(blankAsUnset, z.string().default('./data')),
    DEMO: z.preprocess(blankAsUnset, z.enum(['on', 'off']).default('on')),
    REDIS_URL: optional(z.string().refine((text) => readRedisAddress(text) !== undefined)),
    WORKER_KEY: optional(z.string().regex(/^[\w-]{43}$/)),
    WORKER_NAME: optional(z.string().max(60)),
    PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
    TRUSTED_PROXIES: z.preprocess(blankAsUnset, z.string().default('').transform(networks).refine(areNetworks)),
    FFMPEG_PATH: optional(z.string()),
    MODELS_DIR: z.preprocess(blankAsUnset, z.string().default('./models')),
    EYES: z.preprocess(blankAsUnset, z.coerce.number().int().min(1).max(64).default(1)),
    LOOKS_PER_MINUTE: optional(z.coerce.number().int().min(1).max(100_000)),
    PROVIDER: z.preprocess(blankAsUnset, z.string().default('cpu')),
    LOG_LEVEL: z.preprocess(
      blankAsUnset,
      z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
    ),
    FONT_PATH: optional(z.string()),
    SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
    MAIL_FROM: optional(z.email()),
    SESSION_IDLE_MINUTES: z.preprocess(blankAsUnset, z.coerce.number().int().min(5).max(720).default(120)),
    TSA_URL: optional(z.url({ protocol: /^https?$/ })),
    DRAND_URL: optional(z.url({ protocol: /^https?$/ })),
    NIST_BEACON_URL: optional(z.url({ protocol: /^https?$/ })),
    NIST_BEACON_CERTIFICATE: optional(
      z
        .string()
        .toLowerCase()
        .regex(/^[0-9a-f]{128}$/),
    ),
    TILE_URL: optional(z.string().max(300).refine(isTileUrl)),
    TILE_CREDIT: optional(z.string().max(120)),
    ...bucketShape,
    WITNESSES: listed(readWitnesses),
    WITNESS_DIR: z.preprocess(blankAsUnset, z.string().default('./witness')),
    WITNESS_PORT: z.preprocess(blankAsUnset, z.coerce.number().int().min(0).max(65_535).default(8090)),
    WITNESS_NAME: z.preprocess(
      blankAsUnset,
      z
        .string()
        .regex(/^[^\s+,]{1,100}$/)
        .default('bright-kitchen/witness'),
    ),
    WITNESS_LOGS: listed(readLogs),
  })
  .superRefine((env, said) => {
    for (const name of missingOfBucket(env)) said.addIssue({ code: 'custom', path: [name] });
  });

/** Reads `environment` (process.env by default); throws ConfigFaults naming every wrong setting and how to mend it. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const result = schema.safeParse(environment);
  if (!result.success) throw new ConfigFaults(result.error.issues.map((issue) => describe(issue, environment)));
  const env = result.data;
  const origin = env.PUBLIC_URL ?? `http://${env.HOST === '0.0.0.0' ? 'localhost' : bracket(env.HOST)}:${env.PORT}`;
  return Object.freeze({
    host: env.HOST,
    port: env.PORT,
    dataDir: resolve(env.DATA_DIR),
    demo: env.DEMO === 'on',
    redisUrl: env.REDIS_URL,
    workerKey: env.WORKER_KEY,
    workerName: env.WORKER_NAME,
    publicUrl: origin.replace(/\/+$/, ''),
    trustedProxies: env.TRUSTED_PROXIES,
    ffmpegPath: env.FFMPEG_PATH,
    modelsDir: resolve(env.MODELS_DIR),
    eyes: env.EYES,
    looksPerMinute: env.LOOKS_PER_MINUTE,
    provider: env.PROVIDER,
    logLevel: env.LOG_LEVEL,
    fontPath: env.FONT_PATH,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM ?? `notice@${new URL(origin).hostname}`,
    sessionIdleMs: env.SESSION_IDLE_MINUTES * 60_000,
    tsaUrl: env.TSA_URL,
    drandUrl: env.DRAND_URL,
    nistBeaconUrl: env.NIST_BEACON_URL,
    nistCertificate: env.NIST_BEACON_CERTIFICATE,
    tileUrl: env.TILE_URL,
    tileCredit: env.TILE_CREDIT,
    bucket: bucketOf(env),
    witnesses: env.WITNESSES,
    witness: {
      dir: resolve(env.WITNESS_DIR),
      port: env.WITNESS_PORT,
      name: env.WITNESS_NAME,
      logs: env.WITNESS_LOGS,
    },
  });
}

const secretSettings = new Set(['WORKER_KEY', 'SMTP_URL', 'S3_SECRET', 'S3_KEY']);

function describe(issue: { path: PropertyKey[] }, environment: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  const wanted = name in hint ? hint[name as keyof typeof hint] : 'another value';
  const value = secretSettings.has(name) ? '…' : withoutLogin(environment[name] ?? '');
  return `${name}=${value} — set it to ${wanted}, or leave it out.`;
}

/** What is printed about a setting never holds the password that may stand in its address. */
function withoutLogin(value: string): string {
  return value.replace(/\/\/.*@/s, '//…@').replace(/(sentinelPassword=)[^&\s]*/gi, '$1…');
}

function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
