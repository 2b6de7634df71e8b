// Tells the administrators, once for each trouble, that a witness refuses to sign or has been silent for long.
import { formatTime } from '../../../views/parts/time.ts';
import { textsFor } from '../../../views/text/texts.ts';
import type { Deps } from '../../deps.ts';
import { witnessTroubles } from '../../ledger/witness-store.ts';
import { tell } from './send-notice.ts';

/** After the witnesses were asked. */
export function tellOfWitnesses(deps: Pick<Deps, 'db' | 'clock' | 'config'>): void {
  for (const { name, state, since } of witnessTroubles(deps.db, deps.config.witnesses, deps.clock())) {
    const saidIn = (lang: 'zh-CN' | 'en') => textsFor(lang).health.witness[state](name, formatTime(since, lang));
    tell(deps, {
      kind: 'alert',
      title: { zh: textsFor('zh-CN').health.witnessTitle, en: textsFor('en').health.witnessTitle },
      body: { zh: saidIn('zh-CN'), en: saidIn('en') },
      href: '/ledger',
      to: { everyone: true, roles: ['admin'] },
      key: `witness ${state} ${since} ${name}`.slice(0, 100),
    });
  }
}
