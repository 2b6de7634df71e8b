// A school's meals: the canteen's own page with its samples, and the page that parents open by a code.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { LotBadge, type PageView, type PlaceName, placeName } from '../../trace/parts.tsx';
import { productOf } from '../../trace/product-name.ts';
import { dayHref } from './day-page.tsx';
import type { DayMeal } from './meals-view.ts';

const sampleMs = 48 * 3_600_000;

export type MealsView = PageView & {
  readonly site: PlaceName;
  readonly meals: readonly DayMeal[];
  readonly lots: readonly {
    readonly id: number;
    readonly batch: string;
    readonly productName: string | null;
    readonly productNameEn: string | null;
  }[];
  readonly faults: readonly FieldFault[];
  readonly values: Readonly<Record<string, string>>;
};

export function MealsPage(view: MealsView) {
  const { words, here, viewer, site, meals } = view;
  const text = words.day;
  return (
    <Page
      words={words}
      title={text.mealTitle}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css', 'day.css']}
    >
      <header class="stack">
        <h1>{text.mealTitle}</h1>
        <p class="soft">
          {placeName(words, site)} · {text.mealLead}
        </p>
      </header>
      <MealForm view={view} />
      <section class="card stack">
        {meals.length === 0 ? <p class="soft">{text.noMeals}</p> : null}
        {meals.map((meal) => (
          <MealRow words={words} meal={meal} site={site} />
        ))}
      </section>
      <p>
        <a href={dayHref(site.id)}>{words.common.back}</a>
      </p>
    </Page>
  );
}

function MealForm({ view: { words, site, lots, faults, values } }: { view: MealsView }) {
  const text = words.day;
  return (
    <form class="card stack" method="post" action={dayHref(site.id, '/meals')} novalidate>
      <Faults words={words} faults={faults} />
      <Field label={text.meal} name="meal" faults={faults}>
        <select id={fieldId('meal')} name="meal">
          {(['breakfast', 'lunch', 'snack', 'dinner'] as const).map((meal) => (
            <option value={meal} selected={values['meal'] === meal}>
              {text.meals[meal]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={text.dish} name="dish" value={values['dish']} faults={faults} autocomplete="off" />
      <fieldset>
        <legend>{text.lots}</legend>
        {lots.length === 0 ? <p class="soft">{text.noLots}</p> : null}
        {lots.slice(0, 30).map((lot) => (
          <label class="choice">
            <input type="checkbox" name="lots" value={String(lot.id)} />
            {productOf(words, lot)} <span class="code small">{lot.batch}</span>
          </label>
        ))}
      </fieldset>
      <Field
        label={text.grams}
        name="grams"
        type="number"
        value={values['grams']}
        hint={text.gramsHint}
        faults={faults}
      />
      <button class="btn main wide" type="submit">
        {text.keepMeal}
      </button>
    </form>
  );
}

/** `site`: the canteen's own page, where samples are thrown away. */
function MealRow({ words, meal, site }: { words: Texts; meal: DayMeal; site?: PlaceName }) {
  const text = words.day;
  return (
    <div class="day-item">
      <span class="day-head">
        <b>{meal.dish}</b>
        <span class="small soft">
          {meal.day.slice(5)} {text.meals[meal.meal]}
        </span>
      </span>
      {meal.lots.length === 0 ? null : (
        <ul class="choices-list">
          {meal.lots.map((lot) => (
            <li>
              <a href={lot.href}>
                {productOf(words, lot)} <span class="code small">{lot.batch}</span>
              </a>
              <LotBadge words={words} state={lot.state} />
            </li>
          ))}
        </ul>
      )}
      <span class="small soft">{sampleLine(words, meal)}</span>
      {site !== undefined && meal.keptAt !== null && meal.discardedAt === null ? (
        <form method="post" action={dayHref(site.id, `/meals/${meal.id}/discarded`)}>
          <button class="btn small" type="submit" aria-label={`${text.discard} ${meal.dish}`}>
            {text.discard}
          </button>
        </form>
      ) : null}
    </div>
  );
}

function sampleLine(words: Texts, { grams, keptAt, discardedAt }: DayMeal): string {
  const text = words.day;
  if (keptAt === null || grams === null) return text.sampleMissing;
  if (discardedAt === null) return text.sampleKept(grams, formatMoment(keptAt + sampleMs, words.lang));
  const said = discardedAt < keptAt + sampleMs ? text.sampleEarly : text.sampleGone;
  return said(formatMoment(discardedAt, words.lang));
}

export type ParentsView = PageView & {
  readonly site: PlaceName;
  readonly today: string;
  readonly meals: readonly DayMeal[];
  readonly check: 'done' | 'open';
  readonly staff: { readonly all: number; readonly valid: number };
  /** Blurred; null: none at the moment. */
  readonly picture: { readonly href: string; readonly at: number } | null;
};

export function ParentsPage({ words, here, viewer, site, today, meals, check, staff, picture }: ParentsView) {
  const text = words.day;
  const [now, before] = [meals.filter(({ day }) => day === today), meals.filter(({ day }) => day !== today)];
  const title = text.parentsTitle(placeName(words, site));
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css', 'day.css']}>
      <header class="stack">
        <h1>{title}</h1>
        <p class="soft">{text.parentsLead}</p>
      </header>
      <section class="card stack">
        <h2>
          {text.parentsToday} {today}
        </h2>
        <p class="note">
          <Icon name={check === 'done' ? 'check' : 'clock'} />
          <span>{text.parentsCheck[check]}</span>
        </p>
        {staff.all === 0 ? null : <p class="small soft">{text.parentsStaff(staff.all, staff.valid)}</p>}
        {now.length === 0 ? <p class="soft">{text.parentsEmpty}</p> : null}
        {now.map((meal) => (
          <MealRow words={words} meal={meal} />
        ))}
      </section>
      {before.length === 0 ? null : (
        <section class="card stack">
          <h2>{text.parentsBefore}</h2>
          {before.map((meal) => (
            <MealRow words={words} meal={meal} />
          ))}
        </section>
      )}
      <section class="card stack day-picture">
        <h2>{text.parentsCamera}</h2>
        {picture === null ? (
          <p class="soft">{text.parentsNoCamera}</p>
        ) : (
          <>
            <img src={picture.href} alt={text.parentsCamera} />
            <p class="small soft">{formatMoment(picture.at, words.lang)}</p>
          </>
        )}
      </section>
    </Page>
  );
}
