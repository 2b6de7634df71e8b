// The line to a camera as it is on a bad day: through, refusing, silent, trickling, in turn and for no reason.
import net from 'node:net';

export const lineStates = ['through', 'refusing', 'silent', 'trickling'] as const;
export type LineState = (typeof lineStates)[number];

export type FlappingLine = {
  readonly port: number;
  readonly state: () => LineState;
  /** Whoever is connected is cut off when the state changes. */
  readonly become: (state: LineState) => void;
  readonly close: () => Promise<void>;
};

const trickleMs = 200;

/** A line to the camera on port `camera` of this machine; it begins through. */
export async function openFlappingLine(camera: number): Promise<FlappingLine> {
  let state: LineState = 'through';
  const held = new Set<net.Socket>();
  const hold = (socket: net.Socket): void => {
    held.add(socket);
    socket.on('close', () => held.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = net.createServer((caller) => {
    hold(caller);
    if (state === 'refusing') caller.destroy();
    else if (state === 'through') {
      const end = net.connect(camera, '127.0.0.1');
      hold(end);
      caller.on('close', () => end.destroy());
      end.on('close', () => caller.destroy());
      caller.pipe(end).pipe(caller);
    } else if (state === 'trickling') {
      const timer = setInterval(() => caller.write('x'), trickleMs);
      caller.on('close', () => clearInterval(timer));
      caller.resume();
    } else caller.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of held) socket.destroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    state: () => state,
    become(next) {
      state = next;
      cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
