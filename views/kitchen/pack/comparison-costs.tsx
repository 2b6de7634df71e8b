// What a candidate costs beside the active packs: load by kitchen, time by stage, and whether its scores mean what they say.
import { formatNumber } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { type ComparedView, JudgedHead, JudgedRow } from './comparison-tables.tsx';
import { MeasuredShare, type ShareView } from './pack-parts.tsx';

export type KitchenRow = {
  readonly name: string;
  readonly nameEn: string | null;
  readonly compared: ComparedView;
  readonly load: {
    readonly frames: number;
    readonly flagsPerThousand: { readonly old: number | undefined; readonly new: number | undefined };
  };
};

export function KitchenTable({ words, rows }: { words: Texts; rows: readonly KitchenRow[] }) {
  const text = words.packs;
  return (
    <table class="cards compare-table">
      <caption class="hide">{text.kitchensTitle}</caption>
      <JudgedHead words={words} first={text.kitchen} last={text.flagsPerThousand} />
      <tbody>
        {rows.map((row) => (
          <JudgedRow words={words} compared={row.compared} last={<KitchenLoad words={words} row={row} />}>
            {localName(words.lang, row)}
          </JudgedRow>
        ))}
      </tbody>
    </table>
  );
}

function KitchenLoad({ words, row }: { words: Texts; row: KitchenRow }) {
  const text = words.packs;
  const { frames, flagsPerThousand } = row.load;
  return (
    <td class="wide" data-l={text.flagsPerThousand}>
      {oldToNew(flagsPerThousand, 1)}
      <span class="note-line small faint">{text.ofFrames(frames)}</span>
    </td>
  );
}

/** A number of the one and of the other; a dash where there is none. */
export function oldToNew(
  { old, new: fresh }: { readonly old: number | undefined; readonly new: number | undefined },
  decimals: number,
): string {
  const said = (value: number | undefined) => (value === undefined ? '—' : formatNumber(value, decimals));
  return `${said(old)} → ${said(fresh)}`;
}

type Times = Readonly<Record<keyof Texts['packs']['stages'], number>>;
export type CostView = { readonly old: Times | undefined; readonly new: Times | undefined; readonly pictures: number };

export function CostTable({ words, cost }: { words: Texts; cost: CostView }) {
  const text = words.packs;
  const { old, new: fresh } = cost;
  if (old === undefined || fresh === undefined) return <p class="soft">{text.noCost}</p>;
  return (
    <>
      <p class="small soft">{text.costLead(cost.pictures)}</p>
      <table class="num-table">
        <thead>
          <tr>
            <th scope="col">{text.stage}</th>
            <th scope="col" class="right">
              {text.old}
            </th>
            <th scope="col" class="right">
              {text.new}
            </th>
          </tr>
        </thead>
        <tbody>
          {(Object.keys(text.stages) as (keyof Times)[]).map((stage) => (
            <tr>
              <th scope="row">{text.stages[stage]}</th>
              <td class="right">{formatNumber(old[stage], 1)}</td>
              <td class="right">{formatNumber(fresh[stage], 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type Bin = { readonly from: number; readonly to: number; readonly meanScore: number; readonly there: ShareView };
export type CalibrationView = { readonly old: readonly Bin[]; readonly new: readonly Bin[] };

export function CalibrationTable({ words, name, bins }: { words: Texts; name: string; bins: CalibrationView }) {
  const text = words.packs;
  if (bins.old.length + bins.new.length === 0) return null;
  return (
    <div class="scroll">
      <table class="num-table">
        <caption>
          <b>{name}</b>
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{text.scoreBin}</th>
            <th scope="col" class="right">
              {text.meanScore}
            </th>
            <th scope="col">{text.actually}</th>
          </tr>
        </thead>
        <tbody>
          {(['old', 'new'] as const).flatMap((side) =>
            bins[side].map((bin) => (
              <tr>
                <th scope="row">{text[side]}</th>
                <td class="nowrap">
                  {bin.from}–{bin.to}
                </td>
                <td class="right">{formatNumber(bin.meanScore, 2)}</td>
                <td>
                  <MeasuredShare words={words} share={bin.there} />
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
