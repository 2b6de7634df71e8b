// One door for each role: what waits, the fullest first, and where else one can go.
import { type NavLink, Page } from '../../parts/page.tsx';
import type { PageView } from '../../trace/parts.tsx';

export type TodayView = PageView & { readonly waiting: readonly NavLink[]; readonly others: readonly NavLink[] };

export function TodayPage({ words, here, viewer, waiting, others }: TodayView) {
  const text = words.districtBoard;
  return (
    <Page words={words} title={text.today} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{text.today}</h1>
        <p class="soft">{waiting.length === 0 ? text.nothingWaits : text.todayLead}</p>
      </header>
      <ul class="figures plain">
        {waiting.map(({ href, label, count }) => (
          <li class="card">
            <a href={href}>
              <span class="figure-value">{count}</span>
              <br />
              {label}
            </a>
          </li>
        ))}
      </ul>
      <section class="card stack">
        <h2>{text.goTo}</h2>
        <p class="row">
          {others.map(({ href, label }) => (
            <a class="btn small" href={href}>
              {label}
            </a>
          ))}
        </p>
      </section>
    </Page>
  );
}
