// The places each role can go, in the order they are used in a day.
import type { NavLink, Viewer } from '../../views/parts/page.tsx';
import type { Lang, Texts } from '../../views/text/texts.ts';
import type { Caller, Role } from './caller.ts';

type Place = { readonly href: string; readonly label: keyof Texts['common']['nav'] };

const places: Readonly<Record<Role, readonly Place[]>> = {
  reviewer: [
    { href: '/review', label: 'review' },
    { href: '/review/lens', label: 'lens' },
    { href: '/review/unsure', label: 'unsure' },
    { href: '/review/orders', label: 'orders' },
    { href: '/review/pace', label: 'pace' },
    { href: '/notices', label: 'notices' },
  ],
  owner: [
    { href: '/my', label: 'shop' },
    { href: '/my/day', label: 'day' },
    { href: '/receive', label: 'receive' },
    { href: '/ship', label: 'ship' },
    { href: '/my/purchases', label: 'ledgerBook' },
    { href: '/my/trade', label: 'buying' },
    { href: '/my/suppliers', label: 'suppliers' },
    { href: '/my/recalls', label: 'recallsForMe' },
    { href: '/my/findings', label: 'findings' },
    { href: '/my/complaints', label: 'complaints' },
    { href: '/my/visit-orders', label: 'visitOrders' },
    { href: '/notices', label: 'notices' },
  ],
  inspector: [
    { href: '/trace', label: 'trace' },
    { href: '/lots', label: 'lots' },
    { href: '/recalls', label: 'recalls' },
    { href: '/findings', label: 'findings' },
    { href: '/complaints', label: 'complaints' },
    { href: '/kitchens', label: 'kitchens' },
    { href: '/risk', label: 'risk' },
    { href: '/visits', label: 'visits' },
    { href: '/today', label: 'today' },
    { href: '/sentinel', label: 'sentinel' },
    { href: '/orders/raised', label: 'raised' },
    { href: '/board', label: 'districtBoard' },
    { href: '/draws', label: 'draws' },
    { href: '/sweep', label: 'sweep' },
    { href: '/days', label: 'shopDays' },
    { href: '/records', label: 'records' },
    { href: '/notices', label: 'notices' },
    { href: '/ledger', label: 'ledger' },
  ],
  admin: [
    { href: '/people', label: 'people' },
    { href: '/health', label: 'health' },
    { href: '/kitchens', label: 'kitchens' },
    { href: '/lots', label: 'lots' },
    { href: '/recalls', label: 'recalls' },
    { href: '/risk', label: 'risk' },
    { href: '/packs', label: 'packs' },
    { href: '/federation', label: 'federation' },
    { href: '/ledger', label: 'ledger' },
    { href: '/board', label: 'districtBoard' },
    { href: '/notices', label: 'notices' },
  ],
  partner: [
    { href: '/lots', label: 'lots' },
    { href: '/my/sales', label: 'sales' },
    { href: '/receive', label: 'receive' },
    { href: '/ship', label: 'ship' },
    { href: '/my/trade', label: 'buying' },
    { href: '/my/recalls', label: 'recallsForMe' },
    { href: '/my/findings', label: 'findings' },
    { href: '/connect', label: 'connect' },
    { href: '/subscriptions', label: 'subscriptions' },
    { href: '/notices', label: 'notices' },
  ],
  worker: [],
};

/** Where a role's day begins. */
export function homeOf(role: Role): string {
  return places[role][0]?.href ?? '/';
}

/** What waits behind a link, by its address; links without a number have no line. */
export type Waiting = Readonly<Record<string, number>>;

export function viewerOf(caller: Caller, { words, lang }: { words: Texts; lang: Lang }, waiting: Waiting): Viewer {
  const links: NavLink[] = places[caller.role].map(({ href, label }) => ({
    href,
    label: words.common.nav[label],
    count: waiting[href],
  }));
  return { name: lang === 'en' ? (caller.nameEn ?? caller.name) : caller.name, role: caller.role, links };
}
