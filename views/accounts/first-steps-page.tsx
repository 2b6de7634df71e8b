// What a person sees at their first sign-in: three steps of their role, each a link, and the way to their day.
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';

type Role = keyof Texts['accounts']['firstSteps']['of'];

export type FirstStepsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly role: Role;
  readonly home: string;
  /** An owner without a place registers one first. */
  readonly has: 'places' | 'nothing';
};

const links: Readonly<Record<Role, readonly [string, string, string]>> = {
  owner: ['/my/cameras/new', '/receive', '/my'],
  reviewer: ['/review', '/review/orders', '/review/pace'],
  inspector: ['/trace', '/risk', '/today'],
  admin: ['/people', '/kitchens/settings', '/health'],
  partner: ['/connect', '/lots/import', '/my/recalls'],
};

export function FirstStepsPage({ words, here, viewer, role, home, has }: FirstStepsView) {
  const text = words.accounts.firstSteps;
  const registersFirst = role === 'owner' && has === 'nothing';
  const steps = registersFirst ? [text.register, ...text.of[role].slice(1)] : text.of[role];
  const hrefs = registersFirst ? ['/my/restaurants/new', ...links[role].slice(1)] : links[role];
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim stack">
        <h1 class="title">{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <ol class="steps">
          {steps.map(({ title, how }, at) => (
            <li>
              <a href={hrefs[at]}>
                <b>{title}</b>
              </a>
              <p class="small soft">{how}</p>
            </li>
          ))}
        </ol>
        <a class="btn main wide" href={home}>
          <Icon name="check" />
          {text.begin}
        </a>
        <p class="small faint">{text.once}</p>
      </section>
    </Page>
  );
}
