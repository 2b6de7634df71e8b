// What a diner sees when the code is no known lot: unknown, misread, a product, a box.
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { type ReadingChoice, ReadingChoices } from '../lot/reading-choices.tsx';
import { LotBadge, type LotState, type PageView } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';

type LookUpView = { readonly words: Texts; readonly code: string };

function LookUpForm({ words, code }: LookUpView) {
  const text = words.trace.diner;
  return (
    <form class="stack" method="get" action="/look-up">
      <div class="field">
        <label for="code">{text.lookUp}</label>
        <input id="code" name="code" value={code} autocomplete="off" spellcheck={false} required />
      </div>
      <button class="btn main" type="submit">
        <Icon name="search" />
        {code === '' ? words.common.search : text.again}
      </button>
    </form>
  );
}

/** Nothing is registered under a code that is written correctly. */
export function UnknownLotPage({ words, here, viewer, code }: PageView & { readonly code: string }) {
  const text = words.trace.diner;
  return (
    <TracePage words={words} title={text.unknownTitle} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim is-warn stack" role="alert">
        <h1 class="title">{text.unknownTitle}</h1>
        <p>{text.unknownLead(code)}</p>
        <ul class="advice">
          <li>{text.unknownReasons.typo}</li>
          <li>{text.unknownReasons.notYet}</li>
          <li>{text.unknownReasons.uncoded}</li>
        </ul>
        <search>
          <LookUpForm words={words} code={code} />
        </search>
      </section>
    </TracePage>
  );
}

/** The code has several meanings: a person has to choose. */
export function UnsureCodePage({
  words,
  here,
  viewer,
  code,
  readings,
}: PageView & { readonly code: string; readonly readings: readonly ReadingChoice[] }) {
  const text = words.trace.scan;
  return (
    <TracePage words={words} title={text.unsureTitle} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim is-warn stack" role="alert">
        <h1 class="title">{text.unsureTitle}</h1>
        <p>{text.unsureLead}</p>
        <ReadingChoices words={words} readings={readings} />
        <search>
          <LookUpForm words={words} code={code} />
        </search>
      </section>
    </TracePage>
  );
}

export type BadCode = { readonly found: string; readonly said: string };

/** Opened without any code: a place to type or scan one. */
export function LookUpPage({ words, here, viewer }: PageView) {
  return (
    <TracePage words={words} title={words.common.nav.scan} here={here} viewer={viewer} mainClass="narrow">
      <section class="card stack">
        <h1 class="title">{words.common.nav.scan}</h1>
        <search>
          <LookUpForm words={words} code="" />
        </search>
      </section>
    </TracePage>
  );
}

/** The code itself is wrong: nothing was looked up. */
export function BadCodePage({
  words,
  here,
  viewer,
  code,
  faults,
}: PageView & { readonly code: string; readonly faults: readonly BadCode[] }) {
  const text = words.trace.diner;
  return (
    <TracePage words={words} title={text.badTitle} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim is-bad stack" role="alert">
        <h1 class="title">{text.badTitle}</h1>
        <p>{text.badLead}</p>
        <ul class="faults">
          {faults.map(({ found, said }) => (
            <li>
              {found === '' ? null : <code>{found}</code>} {said}
            </li>
          ))}
        </ul>
        <search>
          <LookUpForm words={words} code={code} />
        </search>
      </section>
    </TracePage>
  );
}

export type LotLine = {
  readonly href: string;
  readonly batch: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly state: LotState;
  readonly expiresAt: number | null;
};

function LotLines({ words, lots }: { words: Texts; lots: readonly LotLine[] }) {
  return (
    <ul class="stack">
      {lots.map((lot) => (
        <li class="row spread">
          <span>
            <a href={lot.href}>
              {lot.productName === null
                ? lot.batch
                : `${localName(words.lang, { name: lot.productName, nameEn: lot.productNameEn })} ${lot.batch}`}
            </a>
            {lot.expiresAt === null ? null : (
              <span class="small faint">
                {' '}
                {words.trace.expiresAt} {formatDate(lot.expiresAt)}
              </span>
            )}
          </span>
          <LotBadge words={words} state={lot.state} />
        </li>
      ))}
    </ul>
  );
}

export type ProductView = PageView & {
  readonly gtin: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly recalled: readonly LotLine[];
};

export function ProductPage({ words, here, viewer, gtin, productName, productNameEn, recalled }: ProductView) {
  const text = words.trace.diner;
  const name =
    productName === null
      ? words.trace.unnamedProduct
      : localName(words.lang, { name: productName, nameEn: productNameEn });
  return (
    <TracePage words={words} title={name} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim stack">
        <h1 class="title">{name}</h1>
        <p>
          GTIN <span class="code">{gtin}</span>
        </p>
        <p class="soft">{text.productLead}</p>
        <form class="stack" method="get" action="/look-up">
          <input type="hidden" name="gtin" value={gtin} />
          <div class="field">
            <label for="batch">{text.typeBatch}</label>
            <input id="batch" name="batch" autocomplete="off" spellcheck={false} required maxlength={20} />
          </div>
          <button class="btn main" type="submit">
            <Icon name="search" />
            {words.common.search}
          </button>
        </form>
      </section>
      <section class="card stack">
        <h2>{text.productLots}</h2>
        {recalled.length === 0 ? <p class="soft">{text.noRecalls}</p> : <LotLines words={words} lots={recalled} />}
      </section>
    </TracePage>
  );
}

export function ContainerPage({
  words,
  here,
  viewer,
  sscc,
  lots,
}: PageView & { readonly sscc: string; readonly lots: readonly LotLine[] }) {
  const text = words.trace.diner;
  return (
    <TracePage words={words} title={text.containerTitle} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim stack">
        <h1 class="title">{text.containerTitle}</h1>
        <p>
          SSCC <span class="code">{sscc}</span>
        </p>
        <p class="soft">{lots.length === 0 ? text.containerEmpty : text.containerLead}</p>
        <LotLines words={words} lots={lots} />
      </section>
    </TracePage>
  );
}
