// A small shop: the form of a minute, what was checked with the decision and its first code, and what everybody may read.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import { namedFaults, type PageView } from '../../trace/parts.tsx';
import { ShopBadge, type ShopLine } from './sweep-page.tsx';

export type ShopFormView = PageView & {
  /** Not `key`, which JSX keeps to itself. */
  readonly formKey: string;
  readonly values: Readonly<Record<string, string>>;
  readonly sells: readonly string[];
  readonly faults: readonly FieldFault[];
  /** The shop that is registered under this licence already. */
  readonly first: string | undefined;
};

const kinds = ['meals', 'snacks', 'drinks', 'groceries', 'meat', 'produce', 'other'] as const;

export function ShopFormPage(view: ShopFormView) {
  const { words, here, viewer, formKey, values, faults, first } = view;
  const text = words.sweep;
  const field = (name: string, more: object = {}) => (
    <Field label={text[name as 'address']} name={name} value={values[name]} faults={faults} {...more} />
  );
  return (
    <Page
      words={words}
      title={text.formTitle}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css']}
      modules={['sweep.js']}
    >
      <header class="stack">
        <h1>{text.formTitle}</h1>
        <p class="soft">{text.formLead}</p>
      </header>
      <form
        class="card stack"
        method="post"
        action="/sweep/shops"
        enctype="multipart/form-data"
        novalidate
        data-no-position={text.noPosition}
        id="shop"
      >
        <Faults words={words} faults={namedFaults(words, faults, (place) => text.faultNames[place])} />
        <First words={words} first={first} />
        <input type="hidden" name="key" value={formKey} />
        <input type="hidden" name="door" value={values['door'] ?? ''} />
        <Photo words={words} name="licencePhoto" faults={faults} />
        <Photo words={words} name="frontPhoto" faults={faults} />
        {field('name')}
        {field('licence', { hint: text.licenceHint })}
        {field('licenceUntil', { type: 'date' })}
        {field('address')}
        <Choices view={view} />
        <div class="side-by-side">
          {field('lat')}
          {field('lon')}
        </div>
        <p role="status" class="small" data-said />
        <button class="btn" type="button" data-here hidden>
          {text.here}
        </button>
        <button class="btn main wide" type="submit">
          {text.send}
        </button>
      </form>
    </Page>
  );
}

function First({ words, first }: { words: Texts; first: string | undefined }) {
  if (first === undefined) return null;
  return (
    <p>
      <a class="btn" href={first}>
        {words.sweep.openShop}
      </a>
    </p>
  );
}

function Photo({
  words,
  name,
  faults,
}: {
  words: Texts;
  name: 'licencePhoto' | 'frontPhoto';
  faults: readonly FieldFault[];
}) {
  return (
    <Field label={words.sweep[name]} name={name} faults={faults}>
      <input
        id={fieldId(name)}
        name={name}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
      />
    </Field>
  );
}

function Choices({ view: { words, values, sells } }: { view: ShopFormView }) {
  const text = words.sweep;
  return (
    <>
      <fieldset id={fieldId('sells')}>
        <legend>{text.sells}</legend>
        <div class="choices two">
          {kinds.map((kind) => (
            <label class="choice">
              <input type="checkbox" name="sells" value={kind} checked={sells.includes(kind)} />
              {text.kinds[kind]}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset id={fieldId('camera')}>
        <legend>{text.camera}</legend>
        <div class="choices two">
          {(['yes', 'none'] as const).map((camera) => (
            <label class="choice">
              <input type="radio" name="camera" value={camera} checked={(values['camera'] ?? 'none') === camera} />
              {text.cameras[camera]}
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}

export type ShopView = PageView & {
  readonly shop: ShopLine & {
    readonly licence: string | null;
    readonly day: string;
    readonly note: string | null;
    readonly isAuto: boolean;
    readonly checks: readonly {
      readonly check: keyof Texts['sweep']['checks'];
      readonly ok: boolean;
      readonly why: string;
    }[];
    readonly photos: { readonly licence: string | null; readonly front: string | null };
    /** The QR code as an image. */
    readonly code: string | undefined;
    /** What it became, when it cooks under a licence. */
    readonly kitchenHref: string | undefined;
  };
  readonly typed: string;
  readonly faults: readonly FieldFault[];
};

export function ShopPage(view: ShopView) {
  const { words, here, viewer, shop } = view;
  const text = words.sweep;
  return (
    <Page
      words={words}
      title={shop.name}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css']}
      scripts={['scan.js']}
    >
      <header class="stack">
        <h1>{shop.name}</h1>
        <p class="soft">
          {shop.address} · {shop.licence ?? text.noLicence}
        </p>
        <p>
          <ShopBadge words={words} state={shop.state} />
        </p>
      </header>
      <DoorCode view={view} />
      <section class="card stack no-print">
        <h2>{text.checksTitle}</h2>
        <p>{shop.isAuto ? text.autoApproved : shop.state === 'waiting' ? text.waitsForPerson : (shop.note ?? '')}</p>
        <ul class="plain-list stack">
          {shop.checks.map(({ check, ok, why }) => (
            <li>
              <Icon name={ok ? 'check' : 'alert'} /> {text.checks[check]}: <b>{ok ? text.passed : text.failed}</b>{' '}
              <span class="small soft">{text.why[`${check}.${why}`] ?? why}</span>
            </li>
          ))}
        </ul>
        {shop.photos.licence === null ? null : (
          <img class="complaint-photo" src={shop.photos.licence} alt={text.licenceAlt} />
        )}
        {shop.photos.front === null ? null : (
          <img class="complaint-photo" src={shop.photos.front} alt={text.frontAlt} />
        )}
      </section>
      {shop.state === 'waiting' ? <Decision view={view} /> : null}
    </Page>
  );
}

function DoorCode({ view: { words, shop } }: { view: ShopView }) {
  const text = words.sweep;
  if (shop.code === undefined) return null;
  return (
    <section class="card stack">
      <h2>{text.codeTitle}</h2>
      <p class="soft">{text.codeLead}</p>
      <img class="door-code" src={shop.code} alt={text.codeAlt} />
      <p class="row no-print">
        <button class="btn" type="button" data-print hidden>
          <Icon name="print" />
          {words.trace.bench.print}
        </button>
        {shop.kitchenHref === undefined ? null : (
          <a class="btn" href={shop.kitchenHref}>
            {text.toKitchen}
          </a>
        )}
      </p>
    </section>
  );
}

function Decision({ view: { words, shop, typed, faults } }: { view: ShopView }) {
  const text = words.sweep;
  return (
    <form class="card stack" method="post" action={`/sweep/shops/${shop.id}/decision`} novalidate>
      <h2>{text.decideTitle}</h2>
      <Faults words={words} faults={namedFaults(words, faults, (place) => text.faultNames[place])} />
      <Field label={text.note} name="note" value={typed} faults={faults} />
      <div class="row">
        <button class="btn main" type="submit" name="decision" value="approved">
          {text.approve}
        </button>
        <button class="btn" type="submit" name="decision" value="refused">
          {text.refuse}
        </button>
      </div>
    </form>
  );
}

export type PublicShopView = PageView & {
  readonly shop: {
    readonly name: string;
    readonly address: string;
    readonly licence: string | null;
    readonly day: string;
    /** Its public record, when it is a kitchen. */
    readonly recordHref: string | undefined;
  };
};

/** What the code at the door opens. */
export function PublicShopPage({ words, here, viewer, shop }: PublicShopView) {
  const text = words.sweep;
  return (
    <Page words={words} title={text.publicTitle} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <section class="card rim stack">
        <h1 class="title">{shop.name}</h1>
        <p>{shop.address}</p>
        <p>
          {text.licence}: <span class="code">{shop.licence ?? text.noLicence}</span>
        </p>
        <p class="soft">{text.registeredOn(shop.day)}</p>
        {shop.recordHref === undefined ? null : (
          <a class="btn" href={shop.recordHref}>
            {text.toRecord}
          </a>
        )}
      </section>
    </Page>
  );
}
