// What vouches for each table of the chain: the captured documents for most of it, ledger entries for what people decide.
import { type ProvedTable, proved } from '../ledger/proved-table.ts';

const edge = 'event_id strand holding_id turn at quantity unit role voided_by';
const edgeKey = 'event_id strand holding_id turn';

export const provedTrace: readonly ProvedTable[] = [
  proved(
    'event_document',
    'documents',
    'id capture_id sha256 media_type byte_count account_id organisation_id author_role received_at on_error accepted refused duplicate warned faults',
    {
      asItStood: true,
      left: { bytes: 'Unpacked, they have the SHA-256 that the ledger holds.', encoding: 'How they are packed.' },
    },
  ),
  proved('event_claim', 'documents', 'event_id site_key decision decided_by decided_organisation decided_at', {
    key: 'event_id',
  }),
  proved('event_context', 'documents', 'id json'),
  proved(
    'event',
    'documents',
    'id hash declared_at uri kind action biz_step disposition at zone_minutes recorded_at read_point_key biz_location_key document_id context_id position voided_by json',
  ),
  proved('holding', 'documents', 'id lot_id site_key'),
  proved('edge_in', 'documents', edge, { key: edgeKey }),
  proved('edge_out', 'documents', edge, { key: edgeKey }),
  proved('mention', 'documents', 'lot_id at event_id role', { key: 'lot_id at event_id role' }),
  proved('biz_transaction', 'documents', 'transaction_id event_id type', { key: 'transaction_id event_id type' }),
  proved('container_change', 'documents', 'container_id at event_id child_id change quantity unit', {
    key: 'container_id at event_id child_id',
  }),
  proved('sensor_reading', 'documents', 'lot_id type at event_id value min_value max_value unit device', {
    key: 'lot_id type at event_id',
  }),

  proved('party', 'both', 'id gln name name_en licence phone'),
  proved('site', 'both', 'key id party_id name name_en kind address address_en phone', { key: 'key' }),
  proved(
    'product',
    'both',
    'id gtin own_code name name_en variety unit factors unit_gtin cold_min_c cold_max_c shelf_life_ms',
  ),
  proved(
    'lot',
    'both',
    'id code kind gtin batch serial product_id origin origin_batch produced_at expires_at status is_container spec',
  ),
  proved('lot_alias', 'both', 'alias lot_id', { key: 'alias' }),
  proved('lot_piece', 'both', 'piece_id lot_id', { key: 'piece_id' }),
  proved('certificate', 'both', 'id kind number issuer issued_at expires_at uri file_hash'),
  proved('lot_certificate', 'both', 'lot_id certificate_id', { key: 'lot_id certificate_id' }),

  proved('lot_merge', 'rows', 'id from_id into_id reason account_id at given undone_at undone_reason undone_by'),

  proved('lab_test', 'rows', 'id lot_id subject result detail laboratory tested_at file_hash account_id at'),
  proved('lot_hold', 'rows', 'id lot_id state reason lab_test_id account_id at'),
  proved(
    'recall',
    'rows',
    'id public_id lot_id reason reason_en advice advice_en grade state account_id started_at due_at closed_at closing_note issues truncated',
  ),
  proved(
    'recall_plan',
    'rows',
    'id public_id lot_id reason reason_en advice advice_en grade answer_within_ms state account_id planned_at tells_at ended_at hold_id',
  ),
  proved(
    'recall_scope',
    'lists',
    'recall_id holding_id issue lot_id site_key scope depth reached_at received on_hand share unit',
    { key: 'recall_id holding_id issue' },
  ),
  proved(
    'recall_notice',
    'rows',
    'id recall_id site_key state issue sent_at seen_at answered_at reminded_at reminders',
  ),
  proved('recall_answer', 'rows', 'id notice_id lot_id action quantity unit photo_hash note account_id at'),
  proved('recall_answer_taken_back', 'rows', 'answer_id account_id at', { key: 'answer_id' }),
  proved('recall_report', 'rows', 'recall_id lang hash at', { key: 'recall_id lang' }),
  proved('finding', 'digests', 'id kind subject lot_id site_key event_id detail at closed_at'),
  proved('excursion', 'digests', 'id lot_id from_at until_at worst_c site_key'),
  proved('finding_rule', 'rows', 'product_id loss_share transit_hours near_days', { key: 'product_id' }),
  proved('sent_receipt', 'nobody', '', {
    why: 'What a phone is answered again when it repeats a delivery; the delivery itself is in the documents.',
  }),
  proved('heading_choice', 'nobody', '', { why: 'What an account means by a heading of its sheets; a convenience.' }),
  proved('sheet_import', 'nobody', '', { why: 'A sheet on its way in; the lots made of it are vouched for.' }),
  proved('trace_mark', 'nobody', '', { why: 'How far a background check has come; set back, it looks again.' }),

  proved('named_query', 'rows', 'id account_id name definition created_at'),
  proved(
    'subscription',
    'rows',
    'id public_id query_id dest sealed_token schedule report_if_empty initial_at epc_format state created_at',
    {
      hashed: 'dest sealed_token',
      left: {
        cursor: 'How far the receiver has been told.',
        run_until: 'A run that is under way.',
        run_sent: 'A run that is under way.',
        next_run_at: 'Follows from the schedule.',
        batch_size: 'Adapts to the receiver.',
        delivered_at: 'The receiver has its own record of it.',
        fault: 'How the last delivery fared.',
        fault_detail: 'How the last delivery fared.',
        fault_at: 'How the last delivery fared.',
      },
    },
  ),
  proved('webhook_delivery', 'nobody', '', { why: 'What is on its way to a receiver; old rows are removed.' }),
  proved('webhook_network', 'rows', 'id network port account_id at'),
];
