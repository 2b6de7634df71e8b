// A stand-in for an S3 store, so that tests need none: PUT, GET and DELETE of objects in memory, with signatures really checked. The real one is tried in test/reliability/swift.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ObjectServer = {
  readonly endpoint: string;
  readonly key: string;
  readonly secret: string;
  /** By path, such as `/kitchens/pictures/…`. */
  readonly objects: Map<string, Buffer>;
  /** How it behaves from now on; `lies`: it keeps other bytes than it was given. */
  mood: 'well' | 'away' | 'lies' | 'silent';
  /** Requests it saw, as `GET /kitchens/…`. */
  readonly seen: string[];
  end(): Promise<void>;
};

const [key, secret, region] = ['AKIDKITCHEN', 'planted-s3-secret/+=', 'us-east-1'];

export async function openObjectServer(bucket = 'kitchens'): Promise<ObjectServer> {
  const server = createServer((request, response) => void answer(state, bucket, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state: ObjectServer = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    secret,
    objects: new Map(),
    mood: 'well',
    seen: [],
    end: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return state;
}

async function answer(state: ObjectServer, bucket: string, request: IncomingMessage, response: ServerResponse) {
  const { method = '', url = '' } = request;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  state.seen.push(`${method} ${url}`);
  if (state.mood === 'silent') return;
  const fault = state.mood === 'away' ? ([503, 'SlowDown'] as const) : faultOf(request, body, bucket);
  if (fault !== undefined) {
    response.writeHead(fault[0]).end(`<?xml version="1.0"?><Error><Code>${fault[1]}</Code></Error>`);
    return;
  }
  const kept = state.objects.get(url);
  if (method === 'PUT') state.objects.set(url, state.mood === 'lies' ? Buffer.from('other') : body);
  if (method === 'DELETE') state.objects.delete(url);
  if (method === 'GET' && kept === undefined)
    response.writeHead(404).end('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>');
  else response.writeHead(method === 'DELETE' ? 204 : 200).end(method === 'GET' ? kept : undefined);
}

function faultOf(request: IncomingMessage, body: Buffer, bucket: string): readonly [number, string] | undefined {
  const said = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  );
  const [, credential = '', names = '', signature = ''] = said ?? [];
  const [id, day, at, service] = credential.split('/');
  const date = String(request.headers['x-amz-date']);
  const hash = String(request.headers['x-amz-content-sha256']);
  const signedAt = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - signedAt) < 15 * 60_000)) return [403, 'RequestTimeTooSkewed'];
  if (id !== key) return [403, 'InvalidAccessKeyId'];
  if (at !== region) return [400, 'AuthorizationHeaderMalformed'];
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const canonical = [request.method, request.url, '', headers.join(''), names, hash].join('\n');
  const scope = `${day}/${at}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const signing = [day, at, service, 'aws4_request'].reduce<Buffer | string>(
    (from, word) => createHmac('sha256', from).update(String(word)).digest(),
    `AWS4${secret}`,
  );
  const right = createHmac('sha256', signing).update(text).digest();
  if (!date.startsWith(`${day}T`) || !timingSafeEqual(right, Buffer.from(signature, 'hex')))
    return [403, 'SignatureDoesNotMatch'];
  if (createHash('sha256').update(body).digest('hex') !== hash) return [400, 'XAmzContentSHA256Mismatch'];
  return request.url?.startsWith(`/${bucket}/`) ? undefined : [404, 'NoSuchBucket'];
}
