// Renaming, closing and opening a kitchen again, with the names it had.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { formatDate } from '../../parts/time.ts';
import { localName } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';

type Named = { readonly name: string; readonly nameEn: string | null };

export type StandingView = PageView & {
  readonly kitchen: Named & { readonly id: number; readonly licence: string };
  readonly back: string;
  readonly names: readonly (Named & { readonly reason: string; readonly at: number })[];
  readonly closing:
    | { readonly day: string; readonly reason: string; readonly byRole: string; readonly mayReopen: boolean }
    | undefined;
  readonly today: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function StandingPage(view: StandingView) {
  const { words, here, viewer, kitchen, back, closing, faults } = view;
  const text = words.standing;
  const name = localName(words.lang, kitchen);
  return (
    <Page
      words={words}
      title={`${text.title} · ${name}`}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css']}
    >
      <header class="stack">
        <p class="small">
          <a href={back}>{name}</a>
        </p>
        <h1>{text.title}</h1>
        <p class="soft">{text.lead(kitchen.licence)}</p>
      </header>
      <Faults words={words} faults={faults} />
      {closing === undefined ? null : <Closed view={view} closing={closing} />}
      <NameForm view={view} />
      {closing === undefined ? <ClosingForm view={view} /> : null}
      <FormerNames view={view} />
    </Page>
  );
}

function Closed({
  view: { words, kitchen },
  closing,
}: {
  view: StandingView;
  closing: NonNullable<StandingView['closing']>;
}) {
  const text = words.standing;
  return (
    <section class="card stack">
      <h2>{text.closedOn(closing.day)}</h2>
      <p>
        {closing.reason} <span class="small soft">{words.common.roles[closing.byRole as 'owner'] ?? ''}</span>
      </p>
      {closing.mayReopen ? (
        <form class="stack" method="post" action={`/kitchens/${kitchen.id}/reopening`}>
          <p class="soft">{text.reopenLead}</p>
          <button class="btn main" type="submit">
            {text.reopen}
          </button>
        </form>
      ) : (
        <p class="soft">{text.askInspector}</p>
      )}
    </section>
  );
}

/** What was typed into the other form is not this one's. */
function typed({ values, faults }: StandingView, isIn: boolean) {
  return (name: string, usual = '') => ({
    name,
    value: isIn ? (values[name] ?? usual) : usual,
    faults: isIn ? faults : [],
  });
}

function NameForm({ view }: { view: StandingView }) {
  const { words, kitchen, values } = view;
  const text = words.standing;
  const field = typed(view, values['name'] !== undefined);
  return (
    <form class="card stack" method="post" action={`/kitchens/${kitchen.id}/name`} novalidate>
      <h2>{text.renameTitle}</h2>
      <p class="small soft">{text.renameLead}</p>
      <Field label={words.kitchen.restaurantName} {...field('name', kitchen.name)} required />
      <Field label={words.kitchen.restaurantNameEn} {...field('nameEn', kitchen.nameEn ?? '')} />
      <Field label={text.why} {...field('reason')} hint={text.whyNameHint} required />
      <button class="btn" type="submit">
        {text.rename}
      </button>
    </form>
  );
}

function ClosingForm({ view }: { view: StandingView }) {
  const { words, kitchen, today, values } = view;
  const text = words.standing;
  const field = typed(view, values['day'] !== undefined);
  const why = field('reason');
  // One page, two reasons: each field has an id of its own.
  const id = fieldId('closing-reason');
  return (
    <form class="card stack" method="post" action={`/kitchens/${kitchen.id}/closing`} novalidate>
      <h2>{text.closeTitle}</h2>
      <p class="small soft">{text.closeLead}</p>
      <Field label={text.day} {...field('day', today)} type="date" hint={text.dayHint} required />
      <Field
        label={text.whyClosed}
        {...why}
        name="closing-reason"
        faults={why.faults.map((fault) => (fault.place === 'reason' ? { ...fault, place: 'closing-reason' } : fault))}
      >
        <input id={id} name="reason" value={why.value} required aria-describedby={`${id}-hint`} />
      </Field>
      <button class="btn" type="submit">
        {text.close}
      </button>
    </form>
  );
}

function FormerNames({ view: { words, names } }: { view: StandingView }) {
  const text = words.standing;
  if (names.length === 0) return null;
  return (
    <section class="card stack">
      <h2>{text.former}</h2>
      <ul class="plain stack">
        {names.map((former) => (
          <li>
            <b>{localName(words.lang, former)}</b>{' '}
            <span class="small soft">
              {text.until(formatDate(former.at))} · {former.reason}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
