// Alerts of the sentinel: what rose, where, against what history, with the picture, and what somebody said of it.
import { ChartFigure } from '../../parts/chart/chart-figure.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, type PageView } from '../../trace/parts.tsx';

export type AlertShown = {
  readonly id: number;
  readonly kind: keyof Texts['sentinel']['kinds'];
  /** The class; empty: all of them. */
  readonly of: string;
  readonly scope: 'city' | 'district' | 'kitchen';
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly href: string | null;
  readonly day: string;
  readonly window: 1 | 7;
  readonly count: number;
  readonly expected: number;
  readonly limit: number;
  readonly chance: number;
  readonly days: readonly { readonly label: string; readonly value: number }[];
  readonly reason: string | null;
  readonly explainedAt: number | null;
};

export type SentinelView = PageView & {
  readonly open: readonly AlertShown[];
  readonly explained: readonly AlertShown[];
  readonly everyDays: number;
  readonly unsaid: number | undefined;
};

export function SentinelPage({ words, here, viewer, open, explained, everyDays, unsaid }: SentinelView) {
  const text = words.sentinel;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead(everyDays)}</p>
      </header>
      {open.length === 0 ? <EmptyState title={text.quiet} lead={text.quietLead} /> : null}
      {open.map((alert) => (
        <Alert words={words} alert={alert} unsaid={unsaid === alert.id ? 'unsaid' : 'said'} />
      ))}
      {explained.length === 0 ? null : (
        <section class="card stack">
          <h2>{text.explained}</h2>
          <ul class="stack small">
            {explained.map((alert) => (
              <li>
                <b>{headOf(words, alert)}</b> {alert.day} · {alert.reason}{' '}
                <span class="faint">
                  {alert.explainedAt === null ? '' : formatMoment(alert.explainedAt, words.lang)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function headOf(words: Texts, { kind, of, scope, name, nameEn }: AlertShown): string {
  const text = words.sentinel;
  const where = name === null ? text.scopes[scope] : localName(words.lang, { name, nameEn });
  return `${where} · ${text.kinds[kind]}${of === '' ? '' : ` · ${of}`}`;
}

type AlertView = { readonly words: Texts; readonly alert: AlertShown; readonly unsaid: 'unsaid' | 'said' };

function Alert({ words, alert, unsaid }: AlertView) {
  const text = words.sentinel;
  const { id, count, expected, limit, chance, window, days, href } = alert;
  const chart = {
    kind: 'line' as const,
    id: `alert-${id}`,
    title: text.chart,
    unit: 'count' as const,
    of: text.day,
    series: [{ name: text.kinds[alert.kind], points: days }],
    ...(window === 1 ? { reference: { value: limit, label: text.limit } } : {}),
  };
  return (
    <section class="card rim is-warn stack" id={`alert-card-${id}`}>
      <div class="row spread top">
        <h2>
          <Icon name="alert" /> {headOf(words, alert)}
        </h2>
        {href === null ? null : (
          <a class="btn small" href={href}>
            {text.toKitchen}
          </a>
        )}
      </div>
      <p>{text.why(window, alert.day, count, expected.toFixed(1))}</p>
      <p class="small soft">{text.chance(limit, oneIn(chance))}</p>
      <ChartFigure words={words} chart={chart} />
      <form class="stack" method="post" action={`/sentinel/${id}/explanation`}>
        <label class="stack">
          <span>{text.explain}</span>
          <input
            name="reason"
            maxlength={500}
            autocomplete="off"
            aria-invalid={unsaid === 'unsaid' ? 'true' : undefined}
          />
        </label>
        {unsaid === 'unsaid' ? (
          <p class="error" role="alert">
            <Icon name="alert" />
            {text.unsaid}
          </p>
        ) : null}
        <button class="btn main" type="submit">
          {text.explainGo}
        </button>
      </form>
    </section>
  );
}

/** To two digits: more would say more than is known. */
function oneIn(chance: number): string {
  const turns = 1 / Math.max(chance, 1e-9);
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(turns)) - 1);
  return (Math.round(turns / digits) * digits).toLocaleString('en-US');
}
