// Old against new: the conclusion first, then what it rests on, then every picture the two disagree on.

import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import { CurveChart } from './comparison-chart.tsx';
import { Calibration, Workload } from './comparison-load.tsx';
import { CostTable, JudgedTable, KitchenTable, StandingBadge, standingText } from './comparison-tables.tsx';
import type { ChangeView, ComparisonView, Ready } from './comparison-view.ts';
import { Disagreements } from './disagreements.tsx';
import { packNames, SetBadge, scoreText } from './pack-parts.tsx';

export function ComparisonPage(view: ComparisonView) {
  const { words, here, viewer, fresh, old, figures } = view;
  const text = words.packs;
  const title = old === undefined ? text.set(fresh.id) : text.compareTitle(fresh.id, old.id);
  return (
    <Page words={words} title={title} here={here} viewer={viewer} styles={['packs.css']}>
      <header class="stack">
        <p class="small">
          <a href="/packs">{text.title}</a>
        </p>
        <div class="row">
          <h1>{title}</h1>
          <SetBadge words={words} state={fresh.state} />
        </div>
      </header>
      {old === undefined ? (
        <Empty title={text.noOther} next={text.noOtherNext} />
      ) : figures === undefined ? (
        <>
          <section class="card stack">
            <Changes words={words} change={view.change} />
          </section>
          <Empty title={text.notYet} next={text.notYetNext}>
            {/* The set in use cannot run beside itself; the one it replaced can. */}
            <ShadowForm words={words} id={fresh.state === 'active' ? old.id : fresh.id} />
          </Empty>
        </>
      ) : (
        <Compared {...view} old={old} figures={figures} />
      )}
    </Page>
  );
}

function Empty({ title, next, children }: { title: string; next: string; children?: unknown }) {
  return (
    <section class="card">
      <div class="empty">
        <Icon name="both" />
        <b>{title}</b>
        <p>{next}</p>
        {children}
      </div>
    </section>
  );
}

function ShadowForm({ words, id }: { words: Texts; id: number }) {
  const text = words.packs;
  return (
    <form class="row share-form" method="post" action={`/packs/${id}/shadow`}>
      <label class="small" for="share">
        {text.share}
      </label>
      <input id="share" name="percent" type="number" min="0" max="100" step="any" value="20" />
      <button type="submit" class="btn main">
        {text.startShadow}
      </button>
    </form>
  );
}

function Compared(view: Ready) {
  const { words, figures, disagreements } = view;
  const text = words.packs;
  return (
    <>
      <Conclusion {...view} />
      <section class="card" id="judged">
        <div class="card-head">
          <h2>{text.judgedTitle}</h2>
          <span class="small soft">{text.judgedLead}</span>
        </div>
        <Judged {...view} />
      </section>
      <Disagreements words={words} view={disagreements} />
      <Curves {...view} />
      <div class="cols">
        <Workload {...view} />
        <section class="card">
          <h2>{text.costTitle}</h2>
          <CostTable words={words} cost={figures.cost} />
        </section>
      </div>
      <Calibration {...view} />
      {figures.kitchens.length === 0 ? null : (
        <section class="card">
          <h2>{text.kitchensTitle}</h2>
          <KitchenTable words={words} rows={figures.kitchens} />
        </section>
      )}
    </>
  );
}

/** Asks again by itself while judged pictures are being looked at. */
function Conclusion({ words, fresh, old, figures, change }: Ready) {
  const text = words.packs;
  const { progress, overall } = figures;
  const busy = fresh.state === 'shadow' && progress.looked < progress.judged;
  const again = busy
    ? {
        'hx-get': `/packs/${fresh.id}`,
        'hx-trigger': 'every 4s',
        'hx-select': '#conclusion',
        'hx-select-oob': '#judged',
        'hx-target': '#conclusion',
        'hx-swap': 'outerHTML',
      }
    : {};
  return (
    <section class="card rim stack" id="conclusion" {...again}>
      <div class="row">
        <StandingBadge words={words} compared={overall} />
        <b>{standingText(words, overall)}</b>
      </div>
      {overall.audits.present === 0 ? null : <p>{text.auditLine(overall.audits.newFound, overall.audits.present)}</p>}
      <p class="small soft" aria-live="polite">
        {progress.judged === 0
          ? text.noneJudged
          : busy
            ? text.working(progress.looked, progress.judged)
            : text.doneLooking(progress.looked)}
        {progress.failed === 0 ? null : ` · ${text.failedLooks(progress.failed)}`}
      </p>
      <Changes words={words} change={change} />
      <dl class="facts small">
        <dt>{text.old}</dt>
        <dd>
          {text.set(old.id)} · {packNames(old)}
        </dd>
        <dt>{text.new}</dt>
        <dd>
          {text.set(fresh.id)} · {packNames(fresh)}
        </dd>
      </dl>
      {fresh.state === 'active' ? null : (
        <div class="row">
          <a class="btn main" href={`/packs/${fresh.id}/promotion`}>
            {text.promote}
          </a>
          {fresh.state === 'shadow' ? (
            <form method="post" action={`/packs/${fresh.id}/shadow-end`}>
              <button type="submit" class="btn">
                {text.endShadow}
              </button>
            </form>
          ) : (
            <ShadowForm words={words} id={fresh.id} />
          )}
        </div>
      )}
    </section>
  );
}

export function Changes({ words, change }: { words: Texts; change: ChangeView }) {
  const text = words.packs;
  const score = (value: number | null) => (value === null ? text.off : scoreText(value));
  const items = [
    ...change.packs.map(({ name, from, to }) => `${name} ${from ?? '—'} → ${to ?? '—'}`),
    ...change.thresholds.map(({ name, from, to }) => `${name} ${text.threshold} ${score(from)} → ${score(to)}`),
  ];
  return (
    <div>
      <h2 class="small soft">{text.whatDiffers}</h2>
      {items.length === 0 ? (
        <p>{text.samePacks}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Judged({ words, figures }: Ready) {
  const text = words.packs;
  const { overall, violations } = figures;
  if (overall.cases === 0) return <p class="soft">{text.noneJudged}</p>;
  const elsewhere = [overall.old.elsewhere, overall.new.elsewhere] as const;
  return (
    <>
      <JudgedTable words={words} rows={violations.filter(({ compared }) => compared.cases > 0)} overall={overall} />
      <p class="small soft">
        {text.selection} {elsewhere[0] + elsewhere[1] === 0 ? null : text.elsewhereLine(...elsewhere)}
      </p>
    </>
  );
}

function Curves({ words, figures }: Ready) {
  const text = words.packs;
  const drawn = figures.violations.filter(({ curves }) => curves.old.length + curves.new.length > 0);
  if (drawn.length === 0) return null;
  return (
    <section class="card">
      <div class="card-head">
        <h2>{text.curveTitle}</h2>
        <span class="small soft">{text.curveLead}</span>
      </div>
      <div class="curves">
        {drawn.map((line) => (
          <CurveChart words={words} name={line.name} curves={line.curves} thresholds={line.thresholds} />
        ))}
      </div>
    </section>
  );
}
