// The settings of an S3-compatible store for evidence pictures: what each may be, and that they come all together.
import { z } from 'zod';

export type BucketSettings = {
  /** http(s) address of the store; `{bucket}` in its host where the store wants the bucket there. */
  readonly endpoint: string;
  readonly name: string;
  readonly region: string;
  readonly key: string;
  readonly secret: { readonly value: string } | { readonly file: string };
  /** Pictures brought back stay on this disk up to so much. */
  readonly cacheBytes: number;
};

export const bucketHints = {
  S3_ENDPOINT:
    'the http(s) address of an S3-compatible store without a path, such as https://s3.example.cn or https://{bucket}.s3.example.cn',
  S3_BUCKET: 'the name of a bucket that exists: 3 to 63 small letters, digits, dots and hyphens',
  S3_REGION: 'the region the store signs for, such as us-east-1 or cn-hangzhou',
  S3_KEY: 'the access key id, without spaces',
  S3_SECRET: 'the secret of that key, or S3_SECRET_FILE in its place',
  S3_SECRET_FILE: 'a file that holds the secret of that key and nothing else',
  S3_CACHE_MB: 'a whole number of megabytes from 16 to 1000000, such as 1024',
} as const;

const blankAsUnset = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsUnset, schema.optional());

export const bucketShape = {
  S3_ENDPOINT: optional(z.string().refine(isEndpoint)),
  S3_BUCKET: optional(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)),
  S3_REGION: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^[\w-]{1,64}$/)
      .default('us-east-1'),
  ),
  S3_KEY: optional(z.string().regex(/^[!-~]{1,256}$/)),
  S3_SECRET: optional(z.string().max(1_024)),
  S3_SECRET_FILE: optional(z.string()),
  S3_CACHE_MB: z.preprocess(blankAsUnset, z.coerce.number().int().min(16).max(1_000_000).default(1_024)),
};

const shape = z.object(bucketShape);
type Read = z.infer<typeof shape>;

function isEndpoint(text: string): boolean {
  const plain = text.replace('{bucket}.', 'bucket.');
  return /^https?:\/\/[\w.:[\]-]+\/?$/.test(plain) && URL.canParse(plain);
}

/** Names of settings that are missing beside those that are there. */
export function missingOfBucket(env: Partial<Read>): (keyof Read)[] {
  const given = [env.S3_ENDPOINT, env.S3_BUCKET, env.S3_KEY, env.S3_SECRET, env.S3_SECRET_FILE];
  if (given.every((value) => value === undefined)) return [];
  const needed = (['S3_ENDPOINT', 'S3_BUCKET', 'S3_KEY'] as const).filter((name) => env[name] === undefined);
  const secrets = [env.S3_SECRET, env.S3_SECRET_FILE].filter((value) => value !== undefined);
  return secrets.length === 1 ? needed : [...needed, 'S3_SECRET'];
}

/** Undefined: evidence pictures stay in the folder. */
export function bucketOf(env: Read): BucketSettings | undefined {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: name, S3_KEY: key, S3_SECRET: value, S3_SECRET_FILE: file } = env;
  if (endpoint === undefined || name === undefined || key === undefined) return undefined;
  const secret = value === undefined ? { file: file ?? '' } : { value };
  return { endpoint, name, region: env.S3_REGION, key, secret, cacheBytes: env.S3_CACHE_MB * 1024 * 1024 };
}
