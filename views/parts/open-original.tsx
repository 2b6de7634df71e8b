// An inspector's way to a picture as it was taken: the reason first, and it is written down.
import type { Texts } from '../text/texts.ts';

export function OpenOriginal({ words, hash }: { words: Texts; hash: string }) {
  const { kitchen } = words;
  const field = `reason-${hash.slice(0, 8)}`;
  return (
    <details class="more">
      <summary>{kitchen.openOriginal}</summary>
      <form class="stack" method="post" action={`/pictures/${hash}/openings`}>
        <div class="field">
          <label for={field}>{kitchen.reason}</label>
          <input id={field} name="reason" minlength={4} maxlength={500} required aria-describedby={`${field}-hint`} />
          <p class="hint" id={`${field}-hint`}>
            {kitchen.reasonHint}
          </p>
        </div>
        <button type="submit" class="btn">
          {kitchen.openOriginalButton}
        </button>
      </form>
    </details>
  );
}
