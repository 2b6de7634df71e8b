// A program that sends prepared requests over kept-alive connections as fast as answers come, and prints how long each took.
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { documentOf } from '../support/cast.ts';
import { dishCode, type Json, unitEvents } from './chain-generator.ts';

export type Load = {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly connections: number;
  /** Events of these units, `perDocument` in each request; or the pages of dishes of these units. */
  readonly kind: 'capture' | 'page';
  readonly units: readonly number[];
  readonly perDocument: number;
};

/** `statuses`: how often each was answered. */
export type LoadResult = {
  readonly requests: number;
  readonly ms: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly statuses: Readonly<Record<string, number>>;
};

const load = JSON.parse(readFileSync(0, 'utf8')) as Load;
const requests = load.kind === 'capture' ? captures(load) : pages(load);
process.stdout.write(JSON.stringify(await send(load, requests)));

function captures({ host, token, units, perDocument }: Load): Buffer[] {
  const prepared: Buffer[] = [];
  let list: Json[] = [];
  for (const event of units.flatMap((unit) => unitEvents(unit))) {
    list.push(event);
    if (list.length < perDocument) continue;
    const body = documentOf(list);
    const head = `POST /epcis/capture HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/ld+json\r\ncontent-length: ${body.length}\r\n\r\n`;
    prepared.push(Buffer.concat([Buffer.from(head), body]));
    list = [];
  }
  return prepared;
}

function pages({ host, units }: Load): Buffer[] {
  return units.map((unit) => {
    const { pathname } = new URL(dishCode(unit, unit % 2 === 0 ? 0 : 1));
    return Buffer.from(
      `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\naccept: text/html\r\naccept-language: zh-CN\r\n\r\n`,
    );
  });
}

async function send({ host, port, connections }: Load, prepared: readonly Buffer[]): Promise<LoadResult> {
  const statuses: Record<string, number> = {};
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const client = async () => {
    const socket = connect(port, host);
    const answers = answersOf(socket);
    for (let request = prepared[next++]; request !== undefined; request = prepared[next++]) {
      const sent = performance.now();
      socket.write(request);
      const status = await answers.next();
      times.push(performance.now() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, client));
  const ms = performance.now() - began;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { requests: times.length, ms, p50Ms: at(0.5), p99Ms: at(0.99), statuses };
}

/** The status of each answer as soon as all of it is there; answers have a content-length or come in chunks. */
function answersOf(socket: Socket): { next: () => Promise<string> } {
  let seen: Buffer = Buffer.alloc(0);
  let resolve: (status: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  socket.on('data', (chunk) => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const end = seen.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = seen.toString('latin1', 0, end);
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    const isWhole =
      length === undefined ? seen.subarray(-5).toString() === '0\r\n\r\n' : seen.length >= end + 4 + Number(length);
    if (!isWhole) return;
    seen = Buffer.alloc(0);
    resolve(head.slice(9, 12));
  });
  socket.on('error', (error) => reject(error));
  socket.on('close', () => reject(new Error('The server closed the connection.')));
  return {
    next: () =>
      new Promise((done, failed) => {
        [resolve, reject] = [done, failed];
      }),
  };
}
