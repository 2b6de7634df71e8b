// A real server and one hand of each kind that writes to it, for tests that disturb what is under it.
import { join } from 'node:path';
import type { Role } from '../../server/accounts/caller.ts';
import { issueToken } from '../../server/accounts/issue-token.ts';
import { databaseName } from '../../server/open-deps.ts';
import { type Db, openDatabase } from '../../server/store/db.ts';
import { documentOf, events, hour, lotUri, places, products } from './cast.ts';
import { newDataDir, type ServerProcess, startServer } from './process.ts';

/** Writes something under a name and answers with the status; 0: the connection broke. */
type Write = (name: string) => Promise<number>;

export type Writers = {
  server: ServerProcess;
  readonly capture: Write;
  /** What the same capture is called when it is sent once more. */
  readonly repeated: (name: string) => Promise<string>;
  /** A program's document, a program's lot, a person's form. */
  readonly kinds: readonly Write[];
  readonly restart: (signal: NodeJS.Signals) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type WritersOptions = {
  readonly environment?: Record<string, string>;
  /** Something more that is there before the server starts. */
  readonly prepare?: (db: Db) => unknown;
};

export async function openWriters({ environment = {}, prepare }: WritersOptions = {}): Promise<Writers> {
  const dataDir = newDataDir();
  const db = openDatabase(join(dataDir, databaseName));
  await prepare?.(db);
  const tokenOf = (role: Role) => issueToken(db, { role, name: role, sites: [] }, 1);
  const [partner, admin] = [tokenOf('partner'), tokenOf('admin')];
  db.sqlite.close();
  const writers = { server: await startServer({ dataDir, environment }) };

  const post = (url: string, token: string, type: string, body: BodyInit) =>
    fetch(`${writers.server.url}${url}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body,
    });
  const send = async (...sent: Parameters<typeof post>): Promise<number> => {
    try {
      const answer = await post(...sent);
      await answer.arrayBuffer();
      return answer.status;
    } catch (error) {
      if (error instanceof TypeError) return 0;
      throw error;
    }
  };
  const documentBytes = (name: string) => {
    const amounts = [[lotUri(products.belly, `event-${name}`), 10, 'KGM']] as const;
    return new Uint8Array(documentOf([events.commission(hour(0), places.wholesaler, amounts)]));
  };
  const capture: Write = (name) => send('/epcis/capture', partner, 'application/ld+json', documentBytes(name));
  const lot = (name: string) => ({ origin: '云溪', batch: `lot${name}`, product: '五花肉', quantity: 3, unit: 'kg' });
  const person = (name: string) => ({ login: `p.${name}`, name, role: 'reviewer', password: 'a long enough password' });
  return Object.assign(writers, {
    capture,
    repeated: async (name: string) => {
      const answer = await post('/epcis/capture', partner, 'application/ld+json', documentBytes(name));
      return ((await answer.json()) as { events: { status: string }[] }).events[0]?.status ?? 'nothing';
    },
    kinds: [
      capture,
      (name: string) => send('/api/lots', partner, 'application/json', JSON.stringify(lot(name))),
      (name: string) =>
        send('/people', admin, 'application/x-www-form-urlencoded', new URLSearchParams(person(name)).toString()),
    ],
    restart: async (signal: NodeJS.Signals) => {
      await writers.server.end(signal);
      writers.server = await startServer({ dataDir, environment });
    },
    close: async () => {
      await writers.server.end('SIGKILL');
    },
  });
}
