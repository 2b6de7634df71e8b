// What vouches for each table of oversight.
import { type ProvedTable, proved } from '../ledger/proved-table.ts';

export const provedOversight: readonly ProvedTable[] = [
  proved(
    'complaint',
    'rows',
    'id public_id ticket lot_id site_id kind words place happened_at contact photo_hash state published_at at',
    { hashed: 'ticket words place contact' },
  ),
  proved('notice', 'rows', 'id public_id key kind title title_en body body_en href audience account_id at', {
    hashed: 'title title_en body body_en audience',
  }),
  proved('notice_reader', 'digests', 'notice_id account_id read_at', { key: 'notice_id account_id' }),
  proved('notice_delivery', 'nobody', '', {
    why: 'How far sending has come; what was sent and to whom stands in the notice and its readers.',
  }),
  proved('notice_setting', 'rows', 'account_id lang email webhook sealed_token quiet_from quiet_until at', {
    key: 'account_id',
    hashed: 'email webhook sealed_token',
  }),
  proved('complaint_step', 'rows', 'id complaint_id kind words account_id at', { hashed: 'words' }),
];
