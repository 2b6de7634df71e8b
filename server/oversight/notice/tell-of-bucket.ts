// Tells the administrators, once for each time it is away, that pictures stay in the folder because their store does not take them.
import { formatTime } from '../../../views/parts/time.ts';
import { textsFor } from '../../../views/text/texts.ts';
import { minuteMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { tell } from './send-notice.ts';

/** A store that comes back by itself within so long is no news. */
const patienceMs = 5 * minuteMs;

export function tellOfBucket(deps: Pick<Deps, 'db' | 'clock' | 'moving'>): void {
  const standing = deps.moving?.standing();
  if (standing?.state !== 'away' || deps.clock() - standing.since < patienceMs) return;
  const { since } = standing;
  const saidIn = (lang: 'zh-CN' | 'en') => textsFor(lang).health.bucketAway(formatTime(since, lang));
  tell(deps, {
    kind: 'alert',
    title: { zh: textsFor('zh-CN').health.bucketTitle, en: textsFor('en').health.bucketTitle },
    body: { zh: saidIn('zh-CN'), en: saidIn('en') },
    href: '/health',
    to: { everyone: true, roles: ['admin'] },
    key: `bucket ${since}`,
  });
}
