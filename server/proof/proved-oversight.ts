// What vouches for each table of oversight.
import { type ProvedTable, proved } from '../ledger/proved-table.ts';

export const provedOversight: readonly ProvedTable[] = [
  proved(
    'complaint',
    'rows',
    'id public_id ticket lot_id site_id kind words place happened_at contact photo_hash state published_at at',
    { hashed: 'ticket words place contact' },
  ),
  proved('complaint_step', 'rows', 'id complaint_id kind words account_id at', { hashed: 'words' }),
];
