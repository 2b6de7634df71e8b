// Where somebody types the code of their complaint.
import { Field, type FieldFault } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import type { PageView } from '../trace/parts.tsx';

export function FollowPage(view: PageView & { readonly typed: string; readonly faults: readonly FieldFault[] }) {
  const { words, here, viewer, typed, faults } = view;
  const text = words.mediation;
  return (
    <Page words={words} title={text.follow} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <section class="card rim stack">
        <h1 class="title">{text.follow}</h1>
        <form class="stack" method="get" action="/reports/follow">
          <Field
            label={text.followCode}
            name="code"
            value={typed}
            hint={text.followHint}
            faults={faults}
            autocomplete="off"
          />
          <button class="btn main wide" type="submit">
            {text.followGo}
          </button>
        </form>
      </section>
    </Page>
  );
}
