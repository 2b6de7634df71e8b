// Opens an S3-compatible store: objects are written, read and deleted by name, each request signed and sent to the checked address alone.
import { readFileSync } from 'node:fs';
import type { Agent } from 'undici';
import { type Guard, hostHeader, type Network, pinAddress, readCameraUrl } from '../../inference/address-guard.ts';
import { CameraFault, faultOfNetwork } from '../../inference/camera-fault.ts';
import { pinnedAgent } from '../../inference/pinned-agent.ts';
import { systemClock } from '../clock.ts';
import { BucketFault, faultOfAnswer } from './bucket-fault.ts';
import type { BucketSettings } from './bucket-settings.ts';

/** Every call throws BucketFault for what the store does. */
export type Bucket = {
  /** `sha256`: of the bytes, in hex; the store checks it. */
  put(name: string, bytes: Buffer, sha256: string): Promise<void>;
  get(name: string): Promise<Buffer | undefined>;
  remove(name: string): Promise<void>;
  close(): Promise<void>;
};

export type BucketOptions = {
  readonly settings: BucketSettings;
  /** Ports this program listens on. */
  readonly ownPorts: readonly number[];
  readonly network?: Network | undefined;
};

const wholeMs = 20_000;
const mostBytes = 64 * 1024 * 1024;
const agentLivesMs = 5 * 60_000;
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Networks of their own are where such stores stand; what the operator writes into a setting opens them. */
const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

type Asked = {
  readonly method: 'PUT' | 'GET' | 'DELETE';
  readonly name: string;
  readonly bytes?: Buffer;
  readonly sha256?: string;
};
type Answer = { readonly status: number; readonly bytes: Buffer };

export function openBucket(options: BucketOptions): Bucket {
  const secret = secretOf(options.settings);
  let kept: { readonly agent: Promise<Agent>; readonly until: number } | undefined;
  const agentOf = (base: URL): Promise<Agent> => {
    const now = performance.now();
    if (kept === undefined || kept.until < now) {
      void drop();
      kept = { agent: connect(base, options), until: now + agentLivesMs };
    }
    return kept.agent;
  };
  const drop = (): Promise<void> => {
    const old = kept;
    kept = undefined;
    // Whoever waits on it hears of its end by the request itself.
    return old === undefined ? Promise.resolve() : old.agent.then((agent) => agent.destroy()).catch(() => undefined);
  };
  const ask = async (asked: Asked): Promise<Answer> => {
    const { url, headers } = await signed(asked, options, secret);
    try {
      return await send(await agentOf(url), { ...asked, url, headers });
    } catch (cause) {
      await drop();
      throw cause instanceof BucketFault ? cause : faultOf(cause);
    }
  };
  return {
    async put(name, bytes, sha256) {
      accepted(await ask({ method: 'PUT', name, bytes, sha256 }));
    },
    async get(name) {
      const answer = await ask({ method: 'GET', name });
      return isMissing(answer) ? undefined : accepted(answer).bytes;
    },
    async remove(name) {
      const answer = await ask({ method: 'DELETE', name });
      if (!isMissing(answer)) accepted(answer);
    },
    close: drop,
  };
}

function secretOf({ secret }: BucketSettings): string {
  if ('value' in secret) return secret.value;
  try {
    return readFileSync(secret.file, 'utf8').trim();
  } catch (cause) {
    throw new BucketFault('settings', `S3_SECRET_FILE — ${secret.file} cannot be read.`, { cause });
  }
}

async function connect(base: URL, { ownPorts, network }: BucketOptions): Promise<Agent> {
  const url = readCameraUrl('snapshot', base.origin);
  const guard: Guard = {
    allow: privateNetworks.map((each) => ({ network: each })),
    operatorPort: url.port,
    ownPorts,
    ...(network === undefined ? {} : { network }),
  };
  return pinnedAgent(await pinAddress(url, guard), guard);
}

async function signed({ method, name, sha256 }: Asked, { settings }: BucketOptions, secret: string) {
  const { AwsV4Signer } = await import('aws4fetch');
  const inHost = settings.endpoint.includes('{bucket}');
  const base = settings.endpoint.replace('{bucket}', settings.name).replace(/\/$/, '');
  const signer = new AwsV4Signer({
    method,
    url: `${base}/${inHost ? '' : `${settings.name}/`}${name}`,
    headers: { 'x-amz-content-sha256': sha256 ?? emptySha256 },
    accessKeyId: settings.key,
    secretAccessKey: secret,
    service: 's3',
    region: settings.region,
    // The store holds it against its own clock.
    datetime: new Date(systemClock()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
  });
  const { url, headers } = await signer.sign();
  return { url, headers: Object.fromEntries(headers) };
}

type Sent = Asked & { readonly url: URL; readonly headers: Record<string, string> };

async function send(agent: Agent, { method, bytes, url, headers }: Sent): Promise<Answer> {
  const { request } = await import('undici');
  const { scheme, ...place } = readCameraUrl('snapshot', url.href);
  const answer = await request(`${scheme}://${hostHeader({ scheme, ...place })}${place.path}`, {
    method,
    dispatcher: agent,
    headers,
    ...(bytes === undefined ? {} : { body: bytes }),
    signal: AbortSignal.timeout(wholeMs),
  });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer.body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw new BucketFault('away', 'The store of pictures sent more than any picture has.');
    parts.push(part);
  }
  return { status: answer.statusCode, bytes: Buffer.concat(parts) };
}

function accepted(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw faultOfAnswer(answer.status, codeOf(answer));
}

/** The object is not there, though its bucket is. */
function isMissing(answer: Answer): boolean {
  return answer.status === 404 && codeOf(answer) !== 'NoSuchBucket';
}

function codeOf({ bytes }: Answer): string {
  return /<Code>(\w{1,60})<\/Code>/.exec(bytes.subarray(0, 8_192).toString('utf8'))?.[1] ?? '';
}

function faultOf(cause: unknown): BucketFault {
  const { code, message } = cause instanceof CameraFault ? cause : faultOfNetwork(cause);
  if (code === 'forbidden')
    return new BucketFault(
      'settings',
      'S3_ENDPOINT — the address leads to where no store may stand: this server itself, or a network of metadata.',
    );
  if (code === 'address') return new BucketFault('settings', `S3_ENDPOINT — ${message}`);
  const said =
    code === 'name'
      ? 'its name has no address'
      : code === 'refused'
        ? 'nothing answers there'
        : code === 'timeout'
          ? 'it did not answer in time'
          : 'the connection broke';
  return new BucketFault('away', `The store of pictures is away: ${said}.`, { cause });
}
