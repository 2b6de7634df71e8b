// The places an inspector says are too near to them.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName } from '../../text/texts.ts';
import { namedFaults, type PageView } from '../../trace/parts.tsx';

type Named = { readonly name: string; readonly nameEn: string | null };

export type ConflictsView = PageView & {
  readonly conflicts: readonly (Named & { readonly id: number; readonly reason: string; readonly at: number })[];
  readonly places: readonly { readonly id: string; readonly name: string | null; readonly nameEn: string | null }[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function ConflictsPage({ words, here, viewer, conflicts, places, values, faults }: ConflictsView) {
  const text = words.draw;
  return (
    <Page
      words={words}
      title={text.conflictsTitle}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css']}
    >
      <header class="stack">
        <h1>{text.conflictsTitle}</h1>
        <p class="soft">{text.conflictsLead}</p>
      </header>
      <section class="card stack">
        {conflicts.length === 0 ? <p class="soft">{text.noConflicts}</p> : null}
        {conflicts.map((conflict) => (
          <form class="row spread" method="post" action={`/my/conflicts/${conflict.id}/ended`}>
            <span>
              <b>{localName(words.lang, conflict)}</b>{' '}
              <span class="small soft">
                {conflict.reason} · {formatMoment(conflict.at, words.lang)}
              </span>
            </span>
            <button class="btn" type="submit">
              {text.end}
            </button>
          </form>
        ))}
      </section>
      <form class="card stack" method="post" action="/my/conflicts" novalidate>
        <Faults words={words} faults={namedFaults(words, faults, (place) => text.faultNames[place.replace('/', '')])} />
        <Field label={text.site} name="site" faults={faults}>
          <select id={fieldId('site')} name="site">
            <option value="">–</option>
            {places.map(({ id, name, nameEn }) => (
              <option value={id} selected={values['site'] === id}>
                {localName(words.lang, { name: name ?? id, nameEn })}
              </option>
            ))}
          </select>
        </Field>
        <Field label={text.reason} name="reason" value={values['reason']} hint={text.reasonHint} faults={faults} />
        <button class="btn main" type="submit">
          {text.declare}
        </button>
      </form>
    </Page>
  );
}
