// Keeps that a district has ended a recall which the city still has open, and tells the city's inspectors once.
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { recallNumber } from '../../trace/recall/recall-number.ts';
import type { Recall } from '../../trace/recall/recall-store.ts';
import { tell } from '../notice/send-notice.ts';
import type { CarriedRecall, FederatedServer } from './federation-store.ts';

/** It is not begun there again: whoever is told decides what is left to do. */
export function keepEndedThere(
  deps: Pick<Deps, 'db' | 'clock'>,
  { name, nameEn }: Pick<FederatedServer, 'name' | 'nameEn'>,
  { id: recallId, publicId, startedAt }: Pick<Recall, 'id' | 'publicId' | 'startedAt'>,
  { id, code }: Pick<CarriedRecall, 'id' | 'code'>,
): void {
  const number = recallNumber(recallId, startedAt);
  writeTransaction(deps.db, () => {
    deps.db.sqlite.prepare("UPDATE federated_recall SET state = 'closed' WHERE id = ?").run(id);
    tell(deps, {
      kind: 'recall',
      title: { zh: `${name}先结束了召回`, en: `${nameEn ?? name} ended a recall before the city` },
      body: {
        zh: `召回 ${number} 在本市仍未结束，${name}已将其中的批次 ${code} 结束。请核对那里的处置是否完成；需要继续的，请联系该区。`,
        en: `Recall ${number} is still open in the city; ${nameEn ?? name} has ended it for lot ${code}. Check that everything there was dealt with, and call the district where it was not.`,
      },
      href: `/recalls/${publicId}`,
      to: { everyone: true, roles: ['inspector', 'admin'] },
      key: `carried recall ${id} ended there`,
    });
  });
}
