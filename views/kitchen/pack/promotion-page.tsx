// Before a set is put in use: the differences once more, what is thin or worse, and why it shall be.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import { Changes } from './comparison-conclusion.tsx';
import { JudgedTable, StandingBadge, standingText } from './comparison-tables.tsx';
import type { ChangeView, ComparisonFigures } from './comparison-view.ts';
import { packNames, type SetView } from './pack-parts.tsx';

export type PromotionView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly fresh: SetView;
  readonly change: ChangeView;
  readonly figures: ComparisonFigures;
  readonly reason: string;
  readonly faults: readonly FieldFault[];
};

export function PromotionPage({ words, here, viewer, fresh, change, figures, reason, faults }: PromotionView) {
  const text = words.packs;
  const { overall, violations } = figures;
  return (
    <Page words={words} title={text.promoteTitle(fresh.id)} here={here} viewer={viewer} styles={['packs.css']}>
      <header class="stack">
        <h1>{text.promoteTitle(fresh.id)}</h1>
        <p class="soft">{packNames(fresh)}</p>
        <p>{text.promoteLead}</p>
      </header>
      <section class="card rim stack">
        <div class="row">
          <StandingBadge words={words} compared={overall} />
          <b>{standingText(words, overall)}</b>
        </div>
        <Warning text={warningOf(text, overall.standing)} />
        <Changes words={words} change={change} />
        {overall.cases === 0 ? null : (
          <JudgedTable words={words} rows={violations.filter(({ compared }) => compared.cases > 0)} overall={overall} />
        )}
        <p>
          <a href={`/packs/${fresh.id}`}>{text.seeAll}</a>
        </p>
      </section>
      <form class="card stack" method="post" action={`/packs/${fresh.id}/promotion`} novalidate>
        <Faults words={words} faults={faults} />
        <Field label={text.reason} name="reason" faults={faults} hint={text.reasonHint}>
          <textarea id={fieldId('reason')} name="reason" rows={3} required>
            {reason}
          </textarea>
        </Field>
        <div class="row">
          <button type="submit" class="btn main">
            {text.confirm}
          </button>
          <a class="btn bare" href={`/packs/${fresh.id}`}>
            {words.common.cancel}
          </a>
        </div>
      </form>
    </Page>
  );
}

function warningOf(text: Texts['packs'], standing: ComparisonFigures['overall']['standing']): string | undefined {
  if (standing === 'too_thin') return text.thinWarning;
  return standing === 'old_better' ? text.worseWarning : undefined;
}

function Warning({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p class="note is-warn">
      <Icon name="alert" />
      <span>{text}</span>
    </p>
  );
}
