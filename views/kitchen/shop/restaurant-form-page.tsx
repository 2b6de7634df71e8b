// Registering a restaurant: a minute on a phone.
import { Faults, Field, type FieldFault } from '../../parts/form.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';

export type RestaurantFormView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function RestaurantFormPage({ words, here, viewer, values, faults }: RestaurantFormView) {
  const { kitchen } = words;
  const field = (name: string) => ({ name, value: values[name], faults });
  return (
    <Page words={words} title={kitchen.registerTitle} here={here} viewer={viewer} mainClass="narrow">
      <header class="stack">
        <h1>{kitchen.registerTitle}</h1>
        <p class="soft">{kitchen.registerLead}</p>
      </header>
      <form class="card rim stack" method="post" action="/my/restaurants" novalidate>
        <Faults words={words} faults={faults} />
        <Field label={kitchen.restaurantName} {...field('name')} required />
        <Field label={kitchen.restaurantNameEn} {...field('nameEn')} />
        <Field label={kitchen.licence} {...field('licence')} hint={kitchen.licenceHint} required />
        <Field label={kitchen.licenceUntil} {...field('licenceUntil')} type="date" />
        <Field label={kitchen.address} {...field('address')} required />
        <div class="two">
          <Field label={kitchen.opensAt} {...field('opensAt')} type="time" />
          <Field label={kitchen.closesAt} {...field('closesAt')} type="time" />
        </div>
        <Field label={kitchen.gln} {...field('gln')} hint={kitchen.glnHint} />
        <button type="submit" class="btn main">
          {kitchen.registerButton}
        </button>
      </form>
    </Page>
  );
}
