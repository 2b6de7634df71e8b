// Every page of every role, and every form sent empty: no English word on a Chinese page, no Chinese on an English one, no raw key.
import { beforeAll, describe, expect, it } from 'vitest';
import { lotCode } from '../../../samples/district/event-writer.ts';
import { places } from '../../../samples/district/places.ts';
import { recalledLot } from '../../../samples/district/pork.ts';
import { type Role, roles } from '../../../server/accounts/caller.ts';
import { textsFor } from '../../../views/text/texts.ts';
import { openScales } from '../../support/page-weight.ts';
import { formsOf, linksOf, type PageForm, wordsOf } from '../../support/page-words.ts';
import { signedIn } from '../../support/people.ts';
import type { TestServer } from '../../support/server.ts';
import { openSmallDistrict } from '../../support/small-district.ts';
import { markTyped, withoutTyped } from '../../support/typed-marks.ts';

type Lang = 'zh-CN' | 'en';
type Ask = (path: string, form?: PageForm) => Promise<Response>;

/** Names of makers, products and standards, which are the same in every language. */
const names =
  /GS1 Digital Link|GS1 DataMatrix|Digital Link|Excel|Testo|HOBO|Sensitech|Fay–Feuer|Donner–Zou|Cohen|drand|Redis|Chrome|Windows|Linux|Python|Bright Kitchen|python3-torch|OpenAPI/g;
/** What is typed or read as it stands: addresses, files, commands, codes of places, finger prints, words of files and rules. */
const literal =
  /https?:\S+|(GET|POST) \/\S*|\/[a-z]+\/[a-z-]+|rtsp:\S+|local:\S*|npm run [\w -]+(?<! )|cli \w+( --\w+)?|pack add|localhost|\b(zip|https|shop|inspector|at_once|day|routine|other)\b|[\w-]*\.(xlsx|csv|zip|onnx|json|min)\b|[\da-f]{64}|[\w+/]{43}=/g;

let house: TestServer;
let typed: readonly string[];
beforeAll(async () => {
  house = await openSmallDistrict();
  typed = markTyped(house.db);
}, 120_000);

const people = ['nobody', ...roles.filter((role) => role !== 'worker')] as const;
const atLeast = { nobody: 4, owner: 25, reviewer: 10, inspector: 50, admin: 50, partner: 14 } as const;

describe.each(people)('what %s reads', (who) => {
  it.each(['zh-CN', 'en'] as const)(
    'is all in one language: %s',
    async (lang) => {
      const ask = await visitor(who, lang);
      const { pages, forms } = await walk(ask);
      // The refusals of a form are the same forms in English; once is enough of a walk over all of them.
      if (lang === 'zh-CN')
        for (const form of forms) pages.set(`empty form to ${form.action}`, await textOf(await ask(form.action, form)));
      const faults = [...pages].flatMap(([path, html]) => strangers(html, lang).map((text) => `${path}: ${text}`));
      expect(pages.size).toBeGreaterThanOrEqual(atLeast[who as keyof typeof atLeast]);
      expect(faults).toEqual([]);
      if (lang === 'zh-CN') expect(await tooHeavy(pages)).toEqual([]);
    },
    120_000,
  );
});

/** Half a second of a slow phone's line (1.6 Mbit/s) for a page and all its files, on a first visit. */
const mostPageBytes = 16_000;
const mostFileBytes = 44_000;

async function tooHeavy(pages: ReadonlyMap<string, string>): Promise<string[]> {
  const weigh = openScales(house);
  const weighed = await Promise.all([...pages].map(async ([path, html]) => ({ path, ...(await weigh(html)) })));
  return weighed
    .filter(({ page, files }) => page > mostPageBytes || files > mostFileBytes)
    .map(({ path, page, files }) => `${path}: ${page} bytes and ${files} of its files`);
}

/** Sentences of a page with words of another language, or with a key of the dictionary instead of its words. */
function strangers(html: string, lang: Lang): string[] {
  const foreign = lang === 'en' ? /\p{Script=Han}/u : /[a-z]{3,}/;
  return wordsOf(html)
    .map(({ text }) => text)
    .filter((text) => {
      // A root's letters are chance, and may hold what somebody typed.
      const own = withoutTyped(text.replace(/[\w+/]{43}=/g, ''), typed)
        .replace(literal, '')
        .replace(names, '');
      return foreign.test(own) || keyed.test(own);
    });
}

/** Keys such as `recall-answer` or `no_mask`: a word of English has none of the first kind that the dictionary has as a key. */
const keyed = new RegExp(`(?<![\\w-])(${keys(textsFor('en')).join('|')})(?![\\w-])`);

function keys(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const own = Object.keys(value).filter((key) => /^[a-z]+([_-][a-z]+)+$/.test(key));
  return [...new Set([...own, ...Object.values(value).flatMap(keys)])];
}

async function visitor(who: (typeof people)[number], lang: Lang): Promise<Ask> {
  const headers: Record<string, string> = {
    origin: 'http://127.0.0.1:8080',
    accept: 'text/html',
    'accept-language': lang,
  };
  if (who !== 'nobody') {
    const role = who as Role;
    const sites = role === 'owner' || role === 'partner' ? Object.values(places).map(({ gln }) => gln) : [];
    const login = `9.${role.slice(0, 2)}.${lang.slice(0, 2)}`;
    headers['cookie'] = (await signedIn(house, { login, name: 'T 9', role, sites })).cookie;
  }
  return (path, form) =>
    form === undefined ? house.call(path, { headers }) : house.call(path, { method: 'POST', body: form.body, headers });
}

/** One page of each kind that a link leads to, and each form on them. */
async function walk(ask: Ask) {
  const waiting = ['/', new URL(lotCode(recalledLot)).pathname];
  const kinds = new Set(waiting.map(kindOf));
  const pages = new Map<string, string>();
  const forms = new Map<string, PageForm>();
  const follow = (link: string) => {
    if (kinds.has(kindOf(link))) return;
    kinds.add(kindOf(link));
    waiting.push(link);
  };
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await ask(path);
    if (answer.status === 303) follow(answer.headers.get('location') ?? '/');
    const html = await textOf(answer);
    if (html === '') continue;
    pages.set(path, html);
    for (const link of linksOf(html)) follow(link);
    for (const form of formsOf(html, path))
      if (!/sign-out|ended|disabled|signed-out|evidence/.test(form.action)) forms.set(kindOf(form.action), form);
  }
  return { pages, forms: [...forms.values()] };
}

/** An address without its numbers, codes, question and mark. */
function kindOf(path: string): string {
  return (path.split(/[?#]/)[0] ?? '').replace(/\/[^/]*\d[^/]*/g, '/:n');
}

async function textOf(answer: Response): Promise<string> {
  return (answer.headers.get('content-type') ?? '').startsWith('text/html') ? answer.text() : '';
}
