// Reports a violation that the models missed on this frame: one press opens the kinds, the second names it.
import type { Texts } from '../../text/texts.ts';
import type { ViolationText } from '../named.ts';

type Props = {
  words: Texts;
  cameraId: number;
  at: number;
  kinds: readonly ViolationText[];
  /** Where to go on afterwards. */
  back: string;
};

export function ReportMissed({ words, cameraId, at, kinds, back }: Props) {
  const { kitchen } = words;
  return (
    <details class="missed" id="missed">
      <summary>
        <kbd class="only-desk">R</kbd> {kitchen.reportMissed}
      </summary>
      <form method="post" action={`/cameras/${cameraId}/missed`}>
        <input type="hidden" name="at" value={String(at)} />
        <input type="hidden" name="back" value={back} />
        <div class="kinds">
          {kinds.map((kind, index) => (
            <button type="submit" class="btn" name="violation" value={kind.id} data-missed-key={(index + 1) % 10}>
              <kbd>{(index + 1) % 10}</kbd>
              {kind.name}
            </button>
          ))}
        </div>
      </form>
    </details>
  );
}
