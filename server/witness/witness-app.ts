// The witness over HTTP: takes checkpoints (C2SP tlog-witness), and shows what it signed last to whoever asks.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Clock } from '../clock.ts';
import { type NamedKey, noteOf, verifierKey } from '../ledger/note.ts';
import { judgeCheckpoint, type Witness } from './judge-checkpoint.ts';
import type { WitnessStore } from './witness-store.ts';

const mostBytes = 64 * 1024;

export function witnessApp(key: NamedKey, logs: readonly NamedKey[], store: WitnessStore, clock: Clock): Hono {
  const witness: Witness = { key, privateKey: store.privateKey, logs };
  const app = new Hono();
  app.get('/', (c) => c.text(`${verifierKey(key)}\n${logs.map((log) => `${verifierKey(log)}\n`).join('')}`));
  app.get('/checkpoint', (c) => {
    const last = store.lastOf(c.req.query('origin') ?? '');
    return last === undefined ? c.text('Nothing was signed for this ledger.\n', 404) : c.text(last.note);
  });
  app.post('/add-checkpoint', bodyLimit({ maxSize: mostBytes }), async (c) => {
    const request = await c.req.text();
    // Judged, kept and answered without a pause: two requests cannot overtake each other.
    const { answer, signed } = judgeCheckpoint(witness, request, store.lastOf, clock());
    if (signed !== undefined) {
      const line = request.slice(request.indexOf('\n\n') + 2).split('\n\n')[1] ?? '';
      store.keep(signed.origin, signed, noteOf(signed.text, [line, answer.body]));
    }
    return c.body(answer.body, answer.status, { 'content-type': answer.type ?? 'text/plain; charset=utf-8' });
  });
  return app;
}
