// An HTTP camera that answers the very bytes it is given: no library puts its habits right.
import net from 'node:net';

export interface RawRequest {
  readonly path: string;
  readonly head: string;
  /** Requests before this one. */
  readonly before: number;
}

export type RawAnswer = (request: RawRequest, socket: net.Socket) => void;

export interface RawCamera {
  readonly port: number;
  readonly heads: readonly string[];
  close(): void;
}

export async function startRawCamera(answer: RawAnswer): Promise<RawCamera> {
  const heads: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      const head = text;
      text = '';
      heads.push(head);
      answer({ path: head.split(' ')[1] ?? '', head, before: heads.length - 1 }, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    heads,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Head lines and a body, then the end. */
export function says(lines: readonly string[], body: string | Buffer = '', newline = '\r\n'): RawAnswer {
  return (_, socket) => {
    socket.write(lines.join(newline) + newline + newline);
    socket.end(body);
  };
}

/** As `says`, and the connection stays open as if more were to come. */
export function saysOn(lines: readonly string[], body: string | Buffer): RawAnswer {
  return (_, socket) => {
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.write(body);
  };
}

/** A stream that sends this again and again. */
export function streams(type: string, part: string | Buffer): RawAnswer {
  return (_, socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nConnection: close\r\n\r\n`);
    const timer = setInterval(() => socket.write(part), 40);
    socket.on('close', () => clearInterval(timer));
  };
}

/** Files by their path; 404 for others. */
export function site(files: Readonly<Record<string, string | Buffer | RawAnswer>>): RawAnswer {
  return (request, socket) => {
    const found = files[request.path.split('?')[0] ?? ''];
    if (found === undefined) return says(['HTTP/1.1 404 Not Found', 'Content-Length: 0'])(request, socket);
    if (typeof found === 'function') return found(request, socket);
    says(['HTTP/1.1 200 OK', `Content-Length: ${Buffer.byteLength(found)}`], found)(request, socket);
  };
}
