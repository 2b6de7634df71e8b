// Words of what others say of one's places, in English.
import type { claims as reference } from '../../zh-CN/trace/claim.ts';

export const claims: typeof reference = {
  title: 'Said by others',
  ownLead: 'What others reported about your places. Until you confirm it, it enters neither your books nor any chain.',
  overseeLead:
    'Somebody reported what happened at a place that is not theirs. It enters books and chains once that place confirms it, or you accept it.',
  emptyTitle: 'Nothing waits for a word',
  emptyLead: 'What others report about these places will be listed here.',
  madeTitle: 'What I said of other places',
  madeLead: 'These happened at places that are not yours; they count once that place or an inspector confirms them.',
  what: 'What was said',
  by: 'Said by',
  program: 'The system',
  decide: 'Confirm or deny',
  confirm: 'It is true',
  accept: 'Accept',
  deny: 'Deny',
  confirmed: 'Confirmed: it counts in the books and the chain.',
  denied: 'Denied: it changes no books; what was said stays on record.',
  states: {
    open: 'waiting',
    confirmed: 'confirmed by the place',
    accepted: 'accepted by an inspector',
    denied: 'denied',
    withdrawn: 'taken back',
  },
};
