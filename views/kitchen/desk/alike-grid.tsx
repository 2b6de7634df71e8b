// Flags like the one in hand, every one shown; cleared together, and recorded as not looked at one by one.
import { formatTime } from '../../parts/time.ts';
import { Thumb } from '../picture/picture.tsx';
import type { AroundIt } from './desk-view.ts';

export function AlikeGrid({ words, flagId, alike, address }: AroundIt) {
  const { kitchen, lang } = words;
  if (alike.length === 0) return null;
  const action = `/flags/${flagId}/group-verdict`;
  return (
    <details class="alike">
      <summary>{kitchen.alikeTitle(alike.length)}</summary>
      <form method="post" action={action} hx-post={action} hx-target="#main" hx-swap="innerHTML show:none">
        <input type="hidden" name="ms" value="" />
        <input type="hidden" name="view" value={address} />
        <ol class="thumbs">
          {alike.map((each) => (
            <li>
              <input type="hidden" name="shown" value={String(each.id)} />
              <div class="pic">
                <Thumb picture={each.picture} alt={kitchen.suspected(each.violation.name)} />
              </div>
              <p>
                <time>{formatTime(each.at, lang)}</time>
              </p>
            </li>
          ))}
        </ol>
        <button type="submit" class="btn small">
          {kitchen.clearGroup(alike.length)}
        </button>
      </form>
    </details>
  );
}
