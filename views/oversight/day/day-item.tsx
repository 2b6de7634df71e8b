// One item of the daily list: what the data says of it with its proof, or the question a person answers.
import { type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';

export type ItemName = keyof Texts['day']['items'];
export type Values = Readonly<Record<string, number>>;

export type ItemView = {
  readonly item: ItemName;
  readonly state: 'proved' | 'problem' | 'asked' | 'unknown';
  readonly values: Values;
  readonly href: string | null;
};

export type StaffLine = {
  readonly id: number;
  readonly name: string;
  /** `2026-11-30`, of the health certificate. */
  readonly expiresOn: string;
};

export type ItemForm = {
  readonly words: Texts;
  readonly day: string;
  /** Who handles food here: each is asked about in the morning. */
  readonly staff: readonly StaffLine[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export const badges = {
  proved: ['done', 'check'],
  problem: ['overdue', 'alert'],
  asked: ['due', 'question'],
  unknown: ['offline', 'question'],
  confirmed: ['done', 'person'],
  exception: ['overdue', 'alert'],
} as const;

export function Head({ words, item: { item, state, values, href } }: { words: Texts; item: ItemView }) {
  const text = words.day;
  const [tone, icon] = badges[state];
  const said = text.facts[item](values);
  return (
    <>
      <span class="day-head">
        <b>{text.items[item]}</b>
        <span class={`badge ${tone}`}>
          <Icon name={icon} />
          {text.states[state]}
        </span>
      </span>
      {state === 'asked' ? null : (
        <span class="small soft">
          {said}{' '}
          {href === null ? null : (
            <a href={href} aria-label={`${text.items[item]} ${text.proof}`}>
              {text.proof}
            </a>
          )}
        </span>
      )}
    </>
  );
}

export function Item({ view, item: row }: { view: ItemForm; item: ItemView }) {
  const { words, values, faults, staff } = view;
  const text = words.day;
  const { item, state } = row;
  const byPerson = item === 'morning' && staff.length > 0;
  const chosen = values[`answer-${item}`];
  const fault = (name: string) => faults.find(({ place }) => fieldId(place) === fieldId(name));
  if (state === 'proved')
    return (
      <div class="day-item">
        <Head words={words} item={row} />
      </div>
    );
  const [unanswered, wordless] = [fault(`answers/${item}`), fault(`answers/${item}/words`)];
  return (
    <fieldset class={state === 'problem' ? 'day-item is-problem' : 'day-item'} id={fieldId(`answers/${item}`)}>
      <legend>
        <span>
          <b>{text.items[item]}</b> {state === 'problem' ? '' : <span class="small soft">{text.questions[item]}</span>}
        </span>
        <span class={`badge ${badges[state][0]}`}>
          <Icon name={badges[state][1]} />
          {text.states[state]}
        </span>
      </legend>
      <div class="stack">
        {state === 'asked' ? null : (
          <p class="small soft">
            {text.facts[item](row.values)}{' '}
            {row.href === null ? null : (
              <a href={row.href} aria-label={`${text.items[item]} ${text.proof}`}>
                {text.proof}
              </a>
            )}
          </p>
        )}
        {byPerson ? <Morning view={view} /> : null}
        {state === 'problem' || byPerson ? null : <Choices words={words} item={item} chosen={chosen} />}
        {unanswered === undefined ? null : <Fault detail={unanswered.detail} />}
        <div class="day-words field">
          <label for={fieldId(`answers/${item}/words`)}>{text.what}</label>
          <input
            id={fieldId(`answers/${item}/words`)}
            name={`words-${item}`}
            value={values[`words-${item}`] ?? ''}
            maxlength={500}
          />
          {wordless === undefined ? null : <Fault detail={wordless.detail} />}
          <p class="hint">{text.whatHint}</p>
        </div>
      </div>
    </fieldset>
  );
}

/** Nobody is well because somebody pressed one button: each is looked at. */
function Morning({ view: { words, day, staff, values, faults } }: { view: ItemForm }) {
  const text = words.day;
  return (
    <ul class="plain-list stack">
      {staff.map(({ id, name, expiresOn }) => (
        <li>
          <fieldset id={fieldId(`staff/${id}`)}>
            <legend>
              {name}{' '}
              <span class={`badge ${expiresOn < day ? 'overdue' : 'done'}`}>{text.certificateUntil(expiresOn)}</span>
            </legend>
            <div class="choices">
              {(['well', 'away', 'unwell'] as const).map((state) => (
                <label class="choice">
                  <input type="radio" name={`staff-${id}`} value={state} checked={values[`staff-${id}`] === state} />
                  {text.mornings[state]}
                </label>
              ))}
            </div>
            {faults.some(({ place }) => place === `/staff/${id}`) ? (
              <Fault detail={text.faults['unlooked'] ?? ''} />
            ) : null}
          </fieldset>
        </li>
      ))}
    </ul>
  );
}

function Fault({ detail }: { detail: string }) {
  return (
    <p class="error">
      <Icon name="alert" />
      {detail}
    </p>
  );
}

function Choices({ words, item, chosen }: { words: Texts; item: ItemName; chosen: string | undefined }) {
  const text = words.day;
  return (
    <div class="choices">
      {(['ok', 'exception', 'unknown'] as const).map((answer) => (
        <label class="choice">
          <input type="radio" name={`answer-${item}`} value={answer} checked={chosen === answer} />
          {answer === 'unknown' ? text.notKnown : text[answer]}
        </label>
      ))}
    </div>
  );
}
