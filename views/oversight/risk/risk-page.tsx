// The risk list: places in the order they are gone to, each with its main reasons.

import { ListPages } from '../../parts/listing.tsx';
import { Page } from '../../parts/page.tsx';
import { formatDate } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { localName } from '../../text/texts.ts';
import { EmptyState, type PageView } from '../../trace/parts.tsx';
import { GradeFace, type GradeName } from './grade-face.tsx';

export type TierName = keyof Texts['risk']['tiers'];
export type PartName = keyof Texts['risk']['parts'];

export type RiskRow = {
  readonly href: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly district: { readonly name: string; readonly nameEn: string | null } | null;
  readonly score: number;
  readonly grade: GradeName;
  readonly tier: TierName;
  readonly visitBy: number;
  readonly reasons: readonly { readonly part: PartName; readonly points: number }[];
};

export type RiskView = PageView & {
  readonly rows: readonly RiskRow[];
  readonly kind: 'kitchen' | 'supplier';
  readonly tier: TierName | undefined;
  readonly counts: Readonly<Record<TierName, number>>;
  readonly districts: readonly { readonly id: number; readonly name: string; readonly nameEn: string | null }[];
  readonly district: number | undefined;
  readonly csvHref: string;
  readonly at: number;
  readonly more: 'more' | 'end';
  /** The address with one question changed. */
  readonly hrefOf: (change: Readonly<Record<string, string | undefined>>) => string;
};

const tierNames = ['at_once', 'by_date', 'routine'] as const;

export function RiskPage(view: RiskView) {
  const { words, here, viewer, rows, at, more, csvHref } = view;
  const text = words.risk;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <p class="row">
          <a class="btn small" href="/risk/rules">
            {text.rules}
          </a>
          <a class="btn small" href={csvHref}>
            {text.csv}
          </a>
        </p>
      </header>
      <section class="card stack">
        <Filters {...view} />
        {rows.length === 0 ? <EmptyState title={text.emptyTitle} lead={text.emptyLead} /> : <RiskTable {...view} />}
        <ListPages words={words} here={here} list={{ page: at, more, found: null }} />
      </section>
    </Page>
  );
}

function Filters({ words, kind, tier, counts, districts, district, hrefOf }: RiskView) {
  const text = words.risk;
  const all = tierNames.reduce((sum, name) => sum + counts[name], 0);
  return (
    <>
      <nav class="tabs" aria-label={text.tier}>
        <a href={hrefOf({ tier: undefined })} aria-current={tier === undefined ? 'page' : undefined}>
          {text.all} <span class="count">{all}</span>
        </a>
        {tierNames.map((name) => (
          <a href={hrefOf({ tier: name })} aria-current={tier === name ? 'page' : undefined}>
            {text.tiers[name]} <span class="count">{counts[name]}</span>
          </a>
        ))}
      </nav>
      <p class="row">
        {(['kitchen', 'supplier'] as const).map((name) => (
          <a class="btn small" href={hrefOf({ kind: name })} aria-current={kind === name ? 'true' : undefined}>
            {name === 'kitchen' ? text.kitchens : text.suppliers}
          </a>
        ))}
        <a
          class="btn small"
          href={hrefOf({ district: undefined })}
          aria-current={district === undefined ? 'true' : undefined}
        >
          {text.everyDistrict}
        </a>
        {districts.map((each) => (
          <a
            class="btn small"
            href={hrefOf({ district: String(each.id) })}
            aria-current={district === each.id ? 'true' : undefined}
          >
            {localName(words.lang, each)}
          </a>
        ))}
      </p>
    </>
  );
}

function RiskTable({ words, rows }: Pick<RiskView, 'words' | 'rows'>) {
  const text = words.risk;
  return (
    <table class="cards">
      <caption class="hide">{text.title}</caption>
      <thead>
        <tr>
          {[text.place, text.grade, text.score, text.tier, text.why, text.visitBy].map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">
              <a href={row.href}>{localName(words.lang, row)}</a>
              {row.district === null ? null : <span class="small soft"> {localName(words.lang, row.district)}</span>}
            </th>
            <td class="now">
              <GradeFace words={words} grade={row.grade} size={24} />
            </td>
            <td data-l={text.score} class="num">
              {row.score}
            </td>
            <td data-l={text.tier}>
              <TierBadge words={words} tier={row.tier} />
            </td>
            <td data-l={text.why} class="small">
              {row.reasons.length === 0
                ? text.nothing
                : row.reasons.map(({ part, points }) => `${text.parts[part]} ${points}`).join(' · ')}
            </td>
            <td data-l={text.visitBy} class="small nowrap">
              {formatDate(row.visitBy)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const badges: Readonly<Record<TierName, string>> = { at_once: 'overdue', by_date: 'due', routine: 'done' };

export function TierBadge({ words, tier }: { words: Texts; tier: TierName }) {
  return <span class={`badge ${badges[tier]}`}>{words.risk.tiers[tier]}</span>;
}
