// Old against new: the conclusion first, then what it rests on, then every picture the two disagree on.

import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { CurveChart } from './comparison-chart.tsx';
import { Changes, Conclusion, ShadowForm } from './comparison-conclusion.tsx';
import { CostTable, KitchenTable } from './comparison-costs.tsx';
import { Calibration, Workload } from './comparison-load.tsx';
import { JudgedTable } from './comparison-tables.tsx';
import type { ComparisonView, Ready } from './comparison-view.ts';
import { Disagreements } from './disagreements.tsx';
import { SetBadge } from './pack-parts.tsx';

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
