// The forty pages whose look is kept: whose, in which language, on which screen, in which colours.

export type LookedAt = {
  /** Names its picture in test/looks/kept. */
  readonly name: string;
  /** A sample account; undefined: a visitor. */
  readonly login?: string;
  readonly path: string;
  readonly lang: 'zh-CN' | 'en';
  readonly screen: 'desk' | 'phone';
  readonly colours?: 'dark';
};

const lot = (batch: string) => `https://id.gs1.org/01/06912345002028/10/${batch}`;
const bench = (batch: string, more = '') => `/trace?code=${encodeURIComponent(lot(batch))}${more}`;

/** What is left out, or undefined, is usual: Chinese, a desk, light. */
type Short = readonly [
  name: string,
  path: string,
  lang?: 'en' | undefined,
  screen?: 'phone' | undefined,
  colours?: 'dark',
];

const visitor: readonly Short[] = [
  ['front', '/'],
  ['front-phone-en', '/', 'en', 'phone'],
  ['sign-in', '/sign-in', 'en'],
  ['lot-recalled', '/01/06912345002028/10/A07', undefined, 'phone'],
  ['lot-normal-en', '/01/06912345002028/10/B14', 'en', 'phone', 'dark'],
  ['place', '/414/6912345000406', undefined, 'phone'],
  ['records', '/records'],
  ['record', '/records/6912345000406', 'en'],
  ['about', '/about'],
  ['glossary', '/glossary', 'en', 'phone'],
  ['complaint', '/reports/new?code=/01/06912345002028/10/A07', undefined, 'phone'],
];

const inspector: readonly Short[] = [
  ['bench-empty', '/trace'],
  ['bench-graph', bench('A07')],
  ['bench-graph-en', bench('B14'), 'en', undefined, 'dark'],
  ['bench-list', bench('A07', '&show=list'), 'en'],
  ['bench-time', bench('A07', '&show=time')],
  ['bench-time-phone', bench('B14', '&show=time'), 'en', 'phone'],
  ['lots', '/lots'],
  ['lots-phone', '/lots', 'en', 'phone'],
  ['recalls', '/recalls', 'en'],
  ['recall', '/recalls/:recall'],
  ['recall-phone', '/recalls/:recall', 'en', 'phone', 'dark'],
  ['recall-new', bench('B14').replace('/trace', '/recalls/new')],
  ['findings', '/findings', 'en', 'phone'],
  ['risk', '/risk'],
  ['visits', '/visits', 'en'],
  ['board', '/sweep', undefined, undefined, 'dark'],
];

const reviewer: readonly Short[] = [
  ['review-empty', '/review'],
  ['quality', '/review/quality', 'en', undefined, 'dark'],
];

const owner: readonly Short[] = [
  ['my', '/my', undefined, 'phone'],
  ['my-en', '/my', 'en'],
  ['receive', '/receive', undefined, 'phone', 'dark'],
  ['purchases', '/my/purchases'],
  ['my-recalls', '/my/recalls', 'en', 'phone'],
];

const partner: readonly Short[] = [
  ['import', '/lots/import'],
  ['connect', '/connect', 'en'],
  ['subscriptions', '/subscriptions', undefined, 'phone'],
];

const admin: readonly Short[] = [
  ['people', '/people'],
  ['packs', '/packs', 'en', undefined, 'dark'],
  ['parts', '/parts'],
];

const all = { visitor, inspector, reviewer, owner, partner, admin };

export const lookedAt: readonly LookedAt[] = Object.entries(all).flatMap(([login, pages]) =>
  pages.map(([name, path, lang = 'zh-CN' as const, screen = 'desk' as const, colours]) => ({
    ...{ name, path, lang, screen },
    ...(login === 'visitor' ? {} : { login }),
    ...(colours === undefined ? {} : { colours }),
  })),
);

/** What `npm test` looks at; the others are of `npm run check:looks` and of the long form. */
export const looksInShort: readonly string[] = ['front-phone-en', 'bench-time', 'lot-recalled'];

/** What stands in an address only once the district is there. */
export const placesAsked: Readonly<Record<string, string>> = {
  ':recall': "SELECT public_id FROM recall WHERE state = 'open'",
};
