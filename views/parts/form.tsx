// Form parts: the list of faults on top, a labelled field with its hint and its own fault.
import type { Child } from 'hono/jsx';
import type { Texts } from '../text/texts.ts';
import { Icon } from './icon.tsx';

export type FieldFault = { readonly place: string; readonly detail: string };

/** All faults on top, each a link to its field. */
export function Faults({ words, faults }: { words: Texts; faults: readonly FieldFault[] }) {
  if (faults.length === 0) return null;
  return (
    <div class="faults" role="alert" tabindex={-1} id="faults">
      <b>
        <Icon name="alert" />
        {words.common.faultsTitle(faults.length)}
      </b>
      <ul>
        {faults.map((fault) => (
          <li>
            <a href={`#${fieldId(fault.place)}`}>{fault.detail}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

export type FieldProps = {
  readonly label: string;
  readonly name: string;
  readonly type?: string;
  readonly value?: string | undefined;
  readonly hint?: string;
  readonly required?: boolean;
  readonly autocomplete?: string;
  /** The id of a datalist with suggestions. */
  readonly list?: string;
  readonly faults?: readonly FieldFault[];
  /** A control of another kind (select, textarea) instead of an input; it must carry `id={fieldId(name)}`. */
  readonly children?: Child;
};

export function Field({
  label,
  name,
  type = 'text',
  value,
  hint,
  required,
  autocomplete,
  list,
  faults = [],
  children,
}: FieldProps) {
  const id = fieldId(name);
  const fault = faults.find(({ place }) => fieldId(place) === id);
  const described = [hint === undefined ? '' : `${id}-hint`, fault === undefined ? '' : `${id}-error`].join(' ').trim();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children ?? (
        <input
          id={id}
          name={name}
          type={type}
          value={type === 'password' ? undefined : value}
          required={required}
          autocomplete={autocomplete}
          list={list}
          aria-invalid={fault === undefined ? undefined : 'true'}
          aria-describedby={described === '' ? undefined : described}
        />
      )}
      {fault === undefined ? null : (
        <p class="error" id={`${id}-error`}>
          <Icon name="alert" />
          {fault.detail}
        </p>
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The element id of a field, from its name or from a fault's place. */
export function fieldId(place: string): string {
  return `f-${place.replace(/^\//, '').replace(/[^A-Za-z0-9]+/g, '-')}`;
}
