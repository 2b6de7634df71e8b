// The check list of visits, written by an administrator a point a line.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { namedFaults, type PageView } from '../../trace/parts.tsx';

export type CheckListView = PageView & {
  readonly version: number;
  readonly text: string;
  readonly faults: readonly FieldFault[];
};

export function CheckListPage({ words, here, viewer, version, text: items, faults }: CheckListView) {
  const text = words.visit;
  return (
    <Page words={words} title={text.listTitleEdit} here={here} viewer={viewer} mainClass="narrow">
      <header class="stack">
        <h1>{text.listTitleEdit}</h1>
        <p class="soft">{text.listEditLead(version)}</p>
      </header>
      <form class="card stack" method="post" action="/visits/check-list" novalidate>
        <Faults words={words} faults={namedFaults(words, faults, (place) => text.faultNames[place])} />
        <Field label={text.items} name="items" hint={text.itemsHint} faults={faults}>
          <textarea id={fieldId('items')} name="items" rows={20} aria-describedby="f-items-hint">
            {items}
          </textarea>
        </Field>
        <button class="btn main" type="submit">
          {text.saveList}
        </button>
      </form>
    </Page>
  );
}
