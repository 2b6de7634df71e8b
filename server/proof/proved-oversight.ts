// What vouches for each table of oversight.
import { type ProvedTable, proved } from '../ledger/proved-table.ts';

export const provedOversight: readonly ProvedTable[] = [
  proved(
    'complaint',
    'rows',
    'id public_id ticket lot_id site_id kind words place happened_at contact photo_hash state published_at at channel desk desk_en urgency routing matched settle follow_code happened_until',
    { hashed: 'ticket words place contact matched follow_code' },
  ),
  proved('day_office', 'rows', 'id site_id office account_id by at'),
  proved('day_staff', 'rows', 'id site_id name certificate expires_on by at left_at', { hashed: 'name certificate' }),
  proved('day_check', 'rows', 'id site_id day state account_id at'),
  proved('day_line', 'rows', 'id check_id item answer words said account_id at', { hashed: 'words' }),
  proved('day_morning', 'rows', 'check_id staff_id state', { key: 'check_id staff_id' }),
  proved('day_report', 'rows', 'id site_id kind from_day until_day body hash office account_id at', { hashed: 'body' }),
  proved('day_school', 'rows', 'id site_id code by at ended_at', { hashed: 'code' }),
  proved('day_meal', 'rows', 'id site_id day meal dish grams kept_at discarded_at by at'),
  proved('day_meal_lot', 'rows', 'meal_id lot_id', { key: 'meal_id lot_id' }),
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
  proved(
    'sentinel_alert',
    'rows',
    'id kind scope subject class day window count expected limit_count chance counts state reason account_id explained_at at',
  ),
  proved('routing_version', 'rows', 'id rules reason account_id at'),
  proved(
    'mediation',
    'rows',
    'complaint_id stage due_at offer_by shop_signed complainant_signed joined opened_at ended_at',
    { key: 'complaint_id' },
  ),
  proved('mediation_step', 'rows', 'id complaint_id party act words amount_fen account_id at', { hashed: 'words' }),
  proved('lot_look', 'rows', 'id kind cause_id lot_id kitchens flags at'),
  proved('complaint_step', 'rows', 'id complaint_id kind words account_id at', { hashed: 'words' }),
  proved(
    'draw',
    'rows',
    `id title state rule pool seed rule_hash pool_hash seed_hash targets inspectors round_at committed_at committed_by entry
     beacon drawn drawn_at drawn_by merged published_at`,
    { hashed: 'rule pool seed drawn' },
  ),
  proved('inspector_conflict', 'rows', 'id account_id site_id reason at ended_at', { hashed: 'reason' }),
  proved(
    'visit',
    'rows',
    `id site_id state due_at weight rechecks_order check_list result note signed_name signature_hash closed_at closed_by
     close_key published_at created_at`,
    { hashed: 'note signed_name' },
  ),
  proved('visit_reason', 'rows', 'id visit_id kind ref at'),
  proved('visit_inspector', 'rows', 'visit_id account_id', { key: 'visit_id account_id' }),
  proved('visit_answer', 'rows', 'id visit_id item answer note photo_hash', { hashed: 'note' }),
  proved('check_list', 'rows', 'version items at by', { key: 'version' }),
  proved(
    'visit_order',
    'rows',
    'id visit_id site_id items state issued_at due_at answer photo_hash answered_at answered_by accepted_at',
    { hashed: 'answer' },
  ),
  proved('street', 'rows', 'id name district_id created_at created_by'),
  proved('street_door', 'rows', 'id street_id label state shop_id at by'),
  proved(
    'swept_shop',
    'rows',
    `id key door_id district_id name licence licence_until address sells camera licence_photo front_photo lat lon state checks
     by at decided_by decided_at note site_id`,
    { hashed: 'note' },
  ),
  proved(
    'federated_server',
    'rows',
    'id name name_en address sealed_token sealed_key inbox account_id added_at added_by removed_at',
    { hashed: 'sealed_token sealed_key inbox' },
  ),
  proved('federated_contact', 'nobody', '', { why: 'How it stands with a server just now; asked again each minute.' }),
  proved('federated_delivery', 'nobody', '', {
    why: 'Counts of what came; each delivery that brought something stands in the ledger as a capture of its server.',
  }),
  proved('federated_dispute', 'nobody', '', {
    why: 'Counts of what was left out; whose a place is stands in federated_site, and each change of it in the ledger.',
  }),
  proved('federated_site', 'rows', 'site_id server_id at', { key: 'site_id' }),
  proved('federated_recall', 'rows', 'id recall_id server_id code state remote_id begun fault at'),
  proved('federated_answer', 'rows', 'carried_id remote_id site_id taken answer_id taken_back_at at', {
    key: 'carried_id remote_id',
  }),
  proved(
    'purchase_order',
    'rows',
    `id uri key buyer supplier state due_day placed_at placed_by sent_at sent_by received_at received_by ended_at ended_by reason`,
    { hashed: 'reason' },
  ),
  proved('purchase_line', 'rows', 'id order_id product quantity unit price_fen'),
  proved('purchase_parcel', 'rows', 'id line_id lot_id sent received'),
  proved('purchase_money', 'rows', 'id order_id kind reference amount_fen account_id at taken_back_at'),
  proved('farm_promise', 'rows', 'id lot_id site_id number grower contact quantity unit ground account_id at', {
    hashed: 'grower contact',
  }),
  proved('premises', 'rows', 'site_id latitude longitude dine_in account_id at', { key: 'site_id' }),
  proved('risk_score', 'nobody', '', {
    why: 'Worked out again each night from facts that are vouched for; each change of a grade is in risk_grade.',
  }),
  proved('risk_grade', 'rows', 'id site_id grade score rule_id at'),
  proved('risk_rule', 'rows', 'id rule reason account_id at'),
  proved('risk_mark', 'nobody', '', { why: 'How far the scoring has come, and the last back-test; worked out again.' }),
];
