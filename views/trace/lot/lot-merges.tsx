// The codes that were merged into a lot, each with its reason, and the form that takes it back.
import { Icon } from '../../parts/icon.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';

export type MergeLine = {
  readonly id: number;
  readonly code: string;
  readonly batch: string;
  readonly reason: string;
  readonly at: number;
  readonly undoneAt: number | null;
  readonly undoneReason: string | null;
};

type Props = {
  readonly words: Texts;
  readonly lotId: number;
  readonly merges: readonly MergeLine[];
  readonly mayAct: 'act' | 'look';
};

export function LotMerges({ words, lotId, merges, mayAct }: Props) {
  if (merges.length === 0 && mayAct === 'look') return null;
  const text = words.trace.merge;
  return (
    <section class="card stack" id="merges">
      <h2>{text.history}</h2>
      {merges.length === 0 ? <p class="small soft">{text.none}</p> : null}
      <ul class="stack">
        {merges.map((merge) => (
          <li class="stack">
            <p>
              <span class="code">{merge.batch}</span>{' '}
              <span class="small soft">{text.merged(formatMoment(merge.at, words.lang), merge.reason)}</span>
            </p>
            <p class="code small soft">{merge.code}</p>
            {merge.undoneAt === null ? null : (
              <p class="small soft">
                {text.undone(formatMoment(merge.undoneAt, words.lang), merge.undoneReason ?? '')}
              </p>
            )}
            {merge.undoneAt === null && mayAct === 'act' ? (
              <form class="stack" method="post" action={`/lots/${lotId}/merges/${merge.id}/undone`}>
                <label class="small" for={`undo-${merge.id}`}>
                  {text.undoReason}
                </label>
                <input id={`undo-${merge.id}`} name="reason" required maxlength={1000} />
                <button class="btn small" type="submit">
                  <Icon name="undo" />
                  {text.undo}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      {mayAct === 'act' ? (
        <a class="btn small" href={`/lots/${lotId}/merges/new`}>
          <Icon name="link" />
          {text.add}
        </a>
      ) : null}
    </section>
  );
}
