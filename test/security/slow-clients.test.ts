// Slow and huge senders: many half-open requests, a body without end, a bomb that unpacks. The others are answered all the same.
import { execFileSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { pause, type ServerProcess, startServer } from '../support/process.ts';

const isSoak = process.env['SOAK'] === 'on';
const slow = isSoak ? 1_000 : 200;
const questions = isSoak ? 500 : 50;
/** What the server gives a sender for its headers (main.ts), and a little. */
const headersMs = 20_000;

let server: ServerProcess;
let port: number;
beforeAll(async () => {
  server = await startServer();
  port = Number(new URL(server.url).port);
}, 120_000);
afterAll(() => server.end('SIGKILL'));

it(`while ${slow} senders trickle their headers and bodies, everybody else is answered; in time the slow ones are let go`, async () => {
  const sockets = await Promise.all(Array.from({ length: slow }, (_, index) => trickle(index % 2 === 0)));
  const waits: number[] = [];
  for (let question = 0; question < questions; question++) {
    const started = performance.now();
    expect((await fetch(`${server.url}/sign-in`)).status).toBe(200);
    waits.push(performance.now() - started);
    for (const socket of sockets) socket.write('x');
    await pause(5);
  }
  const p99 = [...waits].sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? 0;
  figure('R12', `${slow} slow connections, others' p99 ${Math.round(p99)} ms`);
  if (isSoak) {
    const ofHeaders = sockets.filter((_, index) => index % 2 === 0);
    // node looks for late senders every thirty seconds.
    await expect.poll(() => ofHeaders.filter(({ closed }) => !closed).length, { timeout: headersMs + 40_000 }).toBe(0);
  }
  for (const socket of sockets) socket.destroy();
}, 180_000);

it('a body without end is refused at the limit, not read to its end', async () => {
  const socket = await dial();
  socket.write(
    `POST /people HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer x\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  const chunk = Buffer.alloc(64 * 1024, 97);
  let sent = 0;
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes;
  });
  while (answer === '' && !socket.destroyed && sent < 1024 ** 3) {
    socket.write(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunk);
    const flows = socket.write('\r\n');
    sent += chunk.length;
    if (!flows) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), pause(200)]);
  }
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
  expect(sent).toBeLessThan(64 * 1024 ** 2);
  socket.destroy();
}, 60_000);

it('a document that unpacks to a thousand times its size is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 ** 2));
  const before = memoryOf();
  for (const path of ['/epcis/capture', '/api/lots', '/sign-in']) {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: new Uint8Array(bomb),
    });
    expect(answer.status, path).toBeGreaterThanOrEqual(400);
    expect(answer.status, path).toBeLessThan(500);
  }
  expect(memoryOf() - before).toBeLessThan(100 * 1024 ** 2);
}, 60_000);

/** A connection whose request never ends: in its headers, or in its body. */
async function trickle(inHeaders: boolean): Promise<Socket> {
  const socket = await dial();
  socket.write('POST /sign-in HTTP/1.1\r\nHost: x\r\n');
  socket.write(inHeaders ? 'X-Slow: ' : 'Content-Type: application/json\r\nContent-Length: 500000\r\n\r\n{');
  return socket;
}

function dial(): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    // The server hangs up on it: that is what is wanted.
    socket.on('error', () => undefined);
    socket.resume();
  });
}

/** Resident memory of the server, bytes. */
function memoryOf(): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.child.pid)], { encoding: 'utf8' })) * 1024;
}
