// How a complaint is being settled: the stage with its deadline, every step, and what the reader may do.
import { Icon } from '../parts/icon.tsx';
import { formatMoment } from '../parts/time.ts';
import { localName, type Texts } from '../text/texts.ts';

export type MediationShown = {
  readonly stage: keyof Texts['mediation']['stages'];
  readonly dueAt: number | null;
  readonly overdue: boolean;
  readonly waitsFor: readonly string[];
  readonly steps: readonly {
    readonly party: string;
    readonly act: string;
    readonly words: string | null;
    readonly amountFen: number | null;
    readonly at: number;
  }[];
};

export type MediationForm = {
  readonly action: string;
  /** Acts the reader may take now; `paid:insurer` is a payment by the insurer. */
  readonly acts: readonly string[];
  readonly fault?: string | undefined;
};

export function MediationCard(props: {
  readonly words: Texts;
  readonly mediation: MediationShown;
  readonly form: MediationForm;
}) {
  const { words, mediation, form } = props;
  const text = words.mediation;
  return (
    <section class="card stack" id="mediation">
      <div class="card-head">
        <h2>{text.title}</h2>
        <StageBadge words={words} mediation={mediation} />
      </div>
      {form.fault === undefined ? null : (
        <p class="note is-bad" role="alert">
          <Icon name="alert" />
          {text.faults[form.fault] ?? form.fault}
        </p>
      )}
      <ol class="stack small">
        {mediation.steps.map((step) => (
          <li>
            <b>{text.parties[step.party]}</b> {text.acts[step.act]}
            {step.amountFen === null ? '' : ` · ${text.yuan(step.amountFen)}`}{' '}
            <span class="faint">{formatMoment(step.at, words.lang)}</span>
            {step.words === null || step.act === 'lapsed' ? null : <p class="lines">{step.words}</p>}
          </li>
        ))}
      </ol>
      {mediation.waitsFor.length === 0 ? null : (
        <p class="small soft">{mediation.waitsFor.map((who) => text.waiting(text.parties[who] ?? who)).join(' · ')}</p>
      )}
      <ActForm words={words} form={form} />
    </section>
  );
}

function ActForm({ words, form }: { words: Texts; form: MediationForm }) {
  const text = words.mediation;
  if (form.acts.length === 0) return null;
  const writes = form.acts.some((act) => act !== 'signed' && act !== 'asked' && act !== 'joined');
  const pays = form.acts.some((act) => act === 'offered' || act.startsWith('paid'));
  return (
    <form class="stack" method="post" action={form.action}>
      {writes ? (
        <label class="stack">
          <span>{text.words}</span>
          <textarea name="words" maxlength={2000}></textarea>
        </label>
      ) : null}
      {pays ? (
        <label class="stack">
          <span>{text.amount}</span>
          <input name="amount" inputmode="decimal" autocomplete="off" />
        </label>
      ) : null}
      <div class="row">
        {form.acts.map((act) => (
          <button class={act === 'case' || act === 'refused' ? 'btn risk' : 'btn'} type="submit" name="act" value={act}>
            {act === 'paid:insurer' ? text.insurerPays : text.acts[act]}
          </button>
        ))}
      </div>
    </form>
  );
}

export function StageBadge({
  words,
  mediation,
}: {
  words: Texts;
  mediation: Omit<MediationShown, 'steps' | 'waitsFor'>;
}) {
  const text = words.mediation;
  const tone = mediation.overdue ? 'overdue' : mediation.stage === 'agreed' ? 'done' : 'due';
  return (
    <span class={`badge ${tone}`}>
      <Icon name={mediation.overdue ? 'late' : mediation.stage === 'agreed' ? 'check' : 'clock'} />
      {text.stages[mediation.stage]}
      {mediation.overdue ? ` · ${text.overdue}` : ''}
      {mediation.dueAt === null ? '' : ` · ${text.due(formatMoment(mediation.dueAt, words.lang))}`}
    </span>
  );
}

export type RoutedShown = {
  readonly desk: string;
  readonly deskEn: string;
  readonly urgency: keyof Texts['mediation']['urgency'];
  readonly matched: string | null;
  readonly repeats: number;
  readonly channel: keyof Texts['mediation']['channels'];
};

/** `餐饮监管科 · 当日 · 30 天内第 3 次`. */
export function routedText(
  words: Texts,
  { desk, deskEn, urgency, repeats }: Omit<RoutedShown, 'matched' | 'channel'>,
): string {
  const text = words.mediation;
  const parts = [desk === '' ? '' : localName(words.lang, { name: desk, nameEn: deskEn }), text.urgency[urgency]];
  return [...parts, repeats > 0 ? text.repeats(repeats) : ''].filter((part) => part !== '').join(' · ');
}
