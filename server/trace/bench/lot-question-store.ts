// What a code typed at the bench may mean: the lots it finds, how each is shown to be chosen, and why it is none.
import { localName, type Texts } from '../../../views/text/texts.ts';
import type { LotChoice } from '../../../views/trace/bench/bench-choices.tsx';
import type { Deps } from '../../deps.ts';
import { searchAsked } from '../lot/asked-lot-store.ts';
import { shortOf } from '../lot/lot-name.ts';
import type { Lot, LotSearch } from '../lot/lot-store.ts';
import { lotsOfCertificate } from '../lot/lot-suggestion-store.ts';
import { lotStatesOf } from '../state/lot-state-store.ts';

/** Any code; where no lot has it, the certificate of that number names its lots. */
export function searchAll(deps: Deps, code: string): LotSearch {
  const search = searchAsked(deps, code);
  if (search.found !== 'none') return search;
  const lots = lotsOfCertificate(deps.db, code);
  const [only] = lots;
  return only === undefined ? search : lots.length === 1 ? { found: 'one', lot: only } : { found: 'several', lots };
}

/** What to do next, with the piece it is about. */
export function refusalSaid(
  words: Texts,
  { fault, found }: { readonly fault: string; readonly found: string },
): string {
  const said = words.trace.codeFaults[fault] ?? words.trace.bench.notFound;
  return found === '' || fault === 'too_long' ? said : `${said}${words.lang === 'en' ? ` (${found})` : `（${found}）`}`;
}

export function choicesOf(
  { db, clock }: Deps,
  words: Texts,
  lots: readonly Lot[],
): (LotChoice & { readonly lot: string })[] {
  const states = lotStatesOf(db, lots, clock());
  return lots.map((lot) => {
    const name =
      lot.name === null ? words.trace.unnamedProduct : localName(words.lang, { name: lot.name, nameEn: lot.nameEn });
    return {
      href: traceHref(lot.code),
      name,
      code: shortOf(lot),
      state: states.get(lot.id) ?? 'ok',
      lot: lot.code,
    };
  });
}

export function traceHref(code: string): string {
  return `/trace?code=${encodeURIComponent(code)}`;
}
