// Which part of the queue is shown, and in which order; all of it stays in the address.
import { localName, type Texts } from '../../text/texts.ts';
import type { DeskView, FilterOption } from './desk-view.ts';

const hoursOffered = [1, 4, 24, 72] as const;
const orders = ['age', 'risk', 'doubt'] as const;

export function DeskFilters({ words, path, options, chosen, filtered }: DeskView) {
  const { kitchen } = words;
  return (
    <details class="desk-filters" open={filtered}>
      <summary>{filtered ? kitchen.filtersOn : kitchen.filters}</summary>
      <form method="get" action={path} class="row">
        <Choice words={words} name="violation" label={kitchen.violation} options={options.violations} chosen={chosen} />
        <Choice words={words} name="district" label={kitchen.district} options={options.districts} chosen={chosen} />
        <Choice words={words} name="kitchen" label={kitchen.kitchenName} options={options.kitchens} chosen={chosen} />
        <Choice words={words} name="camera" label={kitchen.place} options={options.cameras} chosen={chosen} />
        <Choice
          words={words}
          name="hours"
          label={kitchen.waitedAtLeast}
          options={hoursOffered.map((hours) => ({ value: hours, name: kitchen.hoursLong(hours), nameEn: null }))}
          chosen={chosen}
        />
        <label class="field">
          {kitchen.orderBy}
          <select name="order">
            {orders.map((order) => (
              <option value={order} selected={(chosen['order'] ?? 'age') === order}>
                {kitchen.queueOrders[order]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="btn small">
          {kitchen.applyFilters}
        </button>
        {filtered ? (
          <a class="btn small" href={path}>
            {kitchen.clearFilters}
          </a>
        ) : null}
      </form>
    </details>
  );
}

type ChoiceProps = {
  words: Texts;
  name: string;
  label: string;
  options: readonly FilterOption[];
  chosen: DeskView['chosen'];
};

function Choice({ words, name, label, options, chosen }: ChoiceProps) {
  if (options.length === 0) return null;
  return (
    <label class="field">
      {label}
      <select name={name}>
        <option value="">{words.kitchen.everyOne}</option>
        {options.map((option) => (
          <option value={String(option.value)} selected={chosen[name] === String(option.value)}>
            {localName(words.lang, option)}
          </option>
        ))}
      </select>
    </label>
  );
}
