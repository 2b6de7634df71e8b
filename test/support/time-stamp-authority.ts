// A small time-stamp authority: openssl signs, a port of ours carries. Needs openssl.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Authority = {
  readonly url: string;
  /** The root certificate, as a file in PEM. */
  readonly root: string;
  /** Makes it answer with other bytes than its own, from now on; undefined: with its own again. */
  readonly answerWith: (bytes: Buffer | undefined) => void;
  readonly close: () => void;
};

const settings = `[tsa]
default_tsa = small
[small]
serial = serial
signer_cert = stamps.pem
signer_key = stamps.key
certs = root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
`;

export async function openAuthority(name = 'Small time-stamp authority'): Promise<Authority> {
  const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-tsa-'));
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  writeFileSync(join(folder, 'settings'), settings);
  writeFileSync(join(folder, 'serial'), '01\n');
  writeFileSync(join(folder, 'use'), 'extendedKeyUsage=critical,timeStamping\n');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '3650',
    '-subj',
    `/CN=${name} root`,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
  );
  openssl('req', ...newKey, '-subj', `/CN=${name}`, '-keyout', 'stamps.key', '-out', 'stamps.csr');
  const signed = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '3650', '-extfile', 'use'];
  openssl('x509', '-req', '-in', 'stamps.csr', ...signed, '-out', 'stamps.pem');
  let other: Buffer | undefined;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    writeFileSync(join(folder, 'query'), Buffer.concat(parts));
    openssl('ts', '-reply', '-config', 'settings', '-queryfile', 'query', '-out', 'reply');
    response.setHeader('content-type', 'application/timestamp-reply');
    response.end(other ?? readFileSync(join(folder, 'reply')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/tsr`,
    root: join(folder, 'root.pem'),
    answerWith: (bytes) => {
      other = bytes;
    },
    close: () => void server.close(),
  };
}

/** What openssl itself says of a stamp over these bytes. */
export function opensslVerifies(token: Buffer, bytes: Buffer, root: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-tsa-'));
  const [tokenFile, dataFile] = [join(folder, 'token'), join(folder, 'data')];
  writeFileSync(tokenFile, token);
  writeFileSync(dataFile, bytes);
  try {
    execFileSync('openssl', ['ts', '-verify', '-data', dataFile, '-in', tokenFile, '-CAfile', root], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
