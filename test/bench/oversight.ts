// How fast the regulator's pages answer over a generated city: 23,000 kitchens and what happened to them in a year.
import { insertAccount } from '../../server/accounts/create-account.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { dayMs } from '../../server/clock.ts';
import { keepBoards } from '../../server/oversight/board/keep-boards.ts';
import { scoreAll } from '../../server/oversight/risk/write-risk-scores.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { openCast } from '../support/kitchen-cast.ts';
import { openTestServer } from '../support/server.ts';
import { fillCity } from './city.ts';
import { figuresOf } from './figures.ts';
import { processorOf, type Spent, stopwatch } from './stopwatch.ts';

const figure = figuresOf('oversight');
const kitchens = Number(process.argv[2] ?? 23_000);
/** Days of counted frames; the other rows are of a year. */
const countedDays = Number(process.argv[3] ?? 365);
const rounds = 7;
const [boardMs, riskMs, scoreMs] = [300, 200, 60_000];
const pages: Readonly<Record<string, number>> = {
  '/board': boardMs,
  '/board.csv': boardMs,
  '/board/rows/overdue': boardMs,
  '/kitchens/board': boardMs,
  '/today': boardMs,
  '/records?q=7': boardMs,
  '/sentinel': boardMs,
  '/findings': boardMs,
  '/complaints': boardMs,
  '/visits': boardMs,
  '/visits/closure': boardMs,
  '/draws': boardMs,
  '/sweep': boardMs,
  '/notices/sent': boardMs,
  '/orders/raised': boardMs,
  '/risk': riskMs,
  '/risk?district=1': riskMs,
  '/risk?kind=kitchen&page=400': riskMs,
  '/api/risk?limit=100': riskMs,
};

const server = openTestServer();
openCast(server.deps);
fillCity(server, kitchens, countedDays);
server.clock.pass(dayMs);
console.log(`${kitchens} kitchens, ${countedDays} days of counted frames`);
const scoring = stopwatch();
const places = scoreAll(server.deps);
said(`full re-score of ${places.toLocaleString('en')} places`, scoring(), scoreMs);
for (const page of ['/board', '/kitchens/board']) said(`${page}, before its first night`, await once(page, city()));
const keeping = stopwatch();
let parts = 0;
while (keepBoards(server.deps) === 'kept') parts++;
said(`boards of ${parts} parts of the city kept`, keeping());
for (const [path, most] of Object.entries(pages)) {
  said(`${path}, whole city`, await median(path, city()), most);
  said(`${path}, one district`, await median(path, district()), most);
}

/** The median of several, where a page was asked more than once. */
function said(name: string, spent: Spent, most?: number): void {
  const bound = most === undefined ? {} : { most };
  figure({ name, value: spent.wallMs, unit: 'ms', note: processorOf(spent), ...bound });
}

type Headers = Record<string, string>;

function city(): Headers {
  return { authorization: `Bearer ${server.tokenOf('inspector')}` };
}

function district(): Headers {
  const { db, clock } = server;
  const known = db.sqlite.prepare("SELECT id FROM account WHERE login = 'of-district'").pluck().get() as
    | number
    | undefined;
  const person = { login: 'of-district', name: 'of-district', role: 'inspector', sites: [], districtId: 3 } as const;
  const id = known ?? writeTransaction(db, () => insertAccount(db, { ...person, passwordHash: 'x' }, 'bench', 0));
  return { cookie: `bk_session=${openSession(db, id, clock.now())}` };
}

async function once(path: string, headers: Headers): Promise<Spent> {
  const watch = stopwatch();
  const accept = path.startsWith('/api') ? 'application/json' : 'text/html';
  const answer = await server.call(path, { headers: { accept, ...headers } });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
  return watch();
}

async function median(path: string, headers: Headers): Promise<Spent> {
  const times: Spent[] = [];
  for (let round = 0; round < rounds; round++) times.push(await once(path, headers));
  times.sort((a, b) => a.wallMs - b.wallMs);
  return times[Math.floor(rounds / 2)] as Spent;
}
