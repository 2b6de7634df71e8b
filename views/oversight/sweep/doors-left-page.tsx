// Doors that are still to be swept, street by street, with the way to each.
import { Page } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, type PageView } from '../../trace/parts.tsx';
import type { DoorLine } from './sweep-page.tsx';

export type DoorLeftLine = DoorLine & {
  readonly streetId: number;
  readonly street: string;
  readonly district: string | null;
  readonly districtEn: string | null;
};

export type DoorsLeftView = PageView & { readonly doors: readonly DoorLeftLine[]; readonly cut: 'cut' | 'whole' };

export function DoorsLeftPage({ words, here, viewer, doors, cut }: DoorsLeftView) {
  const text = words.sweep;
  const streets = [...new Set(doors.map(({ streetId }) => streetId))];
  return (
    <Page words={words} title={text.leftTitle} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="stack">
        <h1>{text.leftTitle}</h1>
        <p class="soft">{text.leftLead}</p>
        <p>
          <a class="btn small" href="/sweep/left.csv">
            {words.chart.csv}
          </a>
        </p>
      </header>
      {doors.length === 0 ? <EmptyState title={text.done} lead={text.nothingLeft} /> : null}
      {streets.map((id) => (
        <Street words={words} doors={doors.filter(({ streetId }) => streetId === id)} />
      ))}
      {cut === 'cut' ? <p class="small soft">{text.leftCut(doors.length)}</p> : null}
    </Page>
  );
}

function Street({ words, doors }: { words: Texts; doors: readonly DoorLeftLine[] }) {
  const text = words.sweep;
  const [first] = doors;
  if (first === undefined) return null;
  const { streetId, street, district, districtEn } = first;
  return (
    <section class="card stack">
      <h2>
        <a href={`/sweep/streets/${streetId}`}>{street}</a>
      </h2>
      {district === null ? null : (
        <p class="small soft">{localName(words.lang, { name: district, nameEn: districtEn })}</p>
      )}
      <ul class="plain-list stack">
        {doors.map(({ id, label, state }) => (
          <li class="row spread">
            <a href={`/sweep/shops/new?door=${id}`} aria-label={`${text.register} ${label}`}>
              {label}
            </a>
            <span class="small soft">{text.doorStates[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
