// The tables of a comparison: on judged pictures, per violation and kitchen; time per stage; whether scores mean what they say.
import type { Child } from 'hono/jsx';
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { Badge, Experimental } from '../state-badge.tsx';
import { MeasuredShare, type ShareView } from './pack-parts.tsx';

export type FiguresView = {
  readonly present: number;
  readonly absent: number;
  readonly elsewhere: number;
  readonly precision: ShareView | undefined;
  readonly recall: ShareView | undefined;
};

export type ComparedView = {
  readonly cases: number;
  readonly old: FiguresView;
  readonly new: FiguresView;
  readonly better: number;
  readonly worse: number;
  readonly chance: number | undefined;
  readonly standing: keyof Texts['packs']['standings'];
  readonly audits: { readonly present: number; readonly newFound: number };
};

const standingLooks = {
  too_thin: { kind: 'unsure', icon: 'question' },
  no_difference: { kind: 'offline', icon: 'both' },
  new_better: { kind: 'done', icon: 'check' },
  old_better: { kind: 'overdue', icon: 'alert' },
} as const;

export function StandingBadge({ words, compared }: { words: Texts; compared: ComparedView }) {
  const { kind, icon } = standingLooks[compared.standing];
  return <Badge kind={kind} icon={icon} label={words.packs.standings[compared.standing]} />;
}

/** The conclusion in a sentence, with the numbers it rests on. */
export function standingText(words: Texts, { standing, better, worse }: ComparedView): string {
  const { standingText: said } = words.packs;
  return standing === 'too_thin' ? said.too_thin(better + worse) : said[standing](better, worse);
}

type Row = { readonly name: string; readonly experimental: boolean; readonly compared: ComparedView };

export function JudgedTable({ words, rows, overall }: { words: Texts; rows: readonly Row[]; overall: ComparedView }) {
  const text = words.packs;
  return (
    <table class="cards compare-table">
      <caption class="hide">{text.judgedTitle}</caption>
      <JudgedHead words={words} first={text.violation} />
      <tbody>
        {rows.map((row) => (
          <JudgedRow words={words} compared={row.compared}>
            {row.name} <Experimental words={words} on={row.experimental} />
          </JudgedRow>
        ))}
      </tbody>
      {rows.length < 2 ? null : (
        <tfoot>
          <JudgedRow words={words} compared={overall}>
            {text.all}
          </JudgedRow>
        </tfoot>
      )}
    </table>
  );
}

export function JudgedHead({ words, first, last }: { words: Texts; first: string; last?: string }) {
  const text = words.packs;
  return (
    <thead>
      <tr>
        {[first, text.judged, text.precision, text.recall, text.onlyOne, ...(last === undefined ? [] : [last])].map(
          (label) => (
            <th scope="col">{label}</th>
          ),
        )}
        <th scope="col">{text.conclusion}</th>
      </tr>
    </thead>
  );
}

type JudgedRowProps = {
  readonly words: Texts;
  readonly compared: ComparedView;
  /** One more cell before the conclusion. */
  readonly last?: Child;
  readonly children?: Child;
};

export function JudgedRow({ words, compared, last, children }: JudgedRowProps) {
  const text = words.packs;
  return (
    <tr>
      <th scope="row">{children}</th>
      <td data-l={text.judged} class="wide">
        {compared.cases}
        <span class="note-line small faint">{text.judgedCounts(compared.old.present, compared.old.absent)}</span>
      </td>
      <td data-l={text.precision} class="wide">
        <Versus words={words} compared={compared} of="precision" />
      </td>
      <td data-l={text.recall} class="wide">
        <Versus words={words} compared={compared} of="recall" />
      </td>
      <td data-l={text.onlyOne} class="wide">
        {text.onlyOneText(compared.better, compared.worse)}
        {compared.chance === undefined || compared.standing === 'too_thin' ? null : (
          <span class="note-line small faint">{text.chance(chanceText(compared.chance))}</span>
        )}
      </td>
      {last}
      <td class="now" data-l={text.conclusion}>
        <StandingBadge words={words} compared={compared} />
      </td>
    </tr>
  );
}

function chanceText(chance: number): string {
  return chance < 0.001 ? '< 0.001' : `= ${formatNumber(chance, 3)}`;
}

function Versus({ words, compared, of }: { words: Texts; compared: ComparedView; of: 'precision' | 'recall' }) {
  const text = words.packs;
  return (
    <div class="versus">
      <span class="small faint">{text.old}</span>
      <div>
        <MeasuredShare words={words} share={compared.old[of]} />
      </div>
      <span class="small faint">{text.new}</span>
      <div>
        <MeasuredShare words={words} share={compared.new[of]} />
      </div>
    </div>
  );
}
