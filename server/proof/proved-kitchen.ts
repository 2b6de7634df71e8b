// What vouches for each table of the kitchen half: the ledger entry of the transaction that wrote the row.
import { type ProvedTable, proved } from '../ledger/proved-table.ts';

const lately = 'How the camera fared lately; the next sample writes it anew.';
const pace = 'How often it is looked at, worked out anew from its rules, its kitchen’s risk and the budget.';
const lease = 'Who has the flag before them at this moment.';
const passing = 'A frame that no flag shows goes again within minutes; its bytes are still those of its name.';
const ofStoredPicture = {
  table: 'stored_picture',
  keys: 'json_array(hash) FROM stored_picture WHERE hash = NEW.hash',
};
const counter = 'Counts of frames while in shadow; nobody is judged by them.';

export const provedKitchen: readonly ProvedTable[] = [
  proved(
    'restaurant',
    'rows',
    'id site_id name name_en licence licence_until address address_en opens_at_minute closes_at_minute score created_at closed_on',
  ),
  proved('restaurant_name', 'rows', 'id restaurant_id name name_en reason by at', { hashed: 'reason' }),
  proved('restaurant_closing', 'rows', 'id restaurant_id day reason by at reopened_at reopened_by', {
    hashed: 'reason',
  }),
  proved(
    'camera',
    'rows',
    'id restaurant_id place place_en kind url sealed_url certificate user sealed_password path sample_every_ms rules state state_since created_at removed_at',
    {
      hashed: 'url sealed_url user sealed_password',
      left: {
        pending_state: lately,
        pending_count: lately,
        pending_since: lately,
        last_fault: lately,
        misses_in_row: lately,
        login_refusals: lately,
        watch_by: lately,
        last_tried_at: lately,
        last_frame_at: lately,
        last_frame_hash: lately,
        signature: lately,
        next_due_at: lately,
        stream: lately,
        weight: pace,
        sooner_until: lately,
        look_every_ms: pace,
      },
    },
  ),
  proved('camera_event', 'rows', 'id camera_id at before after fault'),
  proved('camera_rule_change', 'rows', 'id camera_id by at before after undoes'),
  proved('threshold_decision', 'rows', 'id camera_id violation decision before proposed figures change_id by at'),
  proved('violation_window', 'nobody', '', { why: 'The memory of the last minutes of one violation at one camera.' }),
  proved('lookout_memory', 'nobody', '', {
    why: 'What a lookout remembers between two looks at its camera; what it sighted is a flag, which is vouched for.',
  }),
  proved('lookout_frame', 'nobody', '', {
    why: 'Frames of what has begun in a lookout’s zone; a flag keeps its own in flag_frame.',
  }),
  proved('board_kept', 'nobody', '', {
    why: 'Figures of last night’s boards, worked out again from rows that are vouched for.',
  }),
  proved('hour_frame', 'nobody', '', {
    why: 'A frame of each hour, kept in case its goods are recalled; nobody is judged by it until a flag shows it.',
  }),
  proved('flag_cause', 'rows', 'flag_id kind subject label label_en href at', { key: 'flag_id kind subject' }),
  proved('frame', 'nobody', '', { why: 'The last few frames of each camera; a flag keeps its own in flag_frame.' }),
  proved('sample_day', 'rows', 'camera_id day sampled looked missed flagged audited', {
    key: 'camera_id day',
    only: {
      rows: 'row.day < (SELECT max(other.day) FROM sample_day other WHERE other.camera_id = row.camera_id)',
      why: 'The newest day of a camera is vouched for when the next begins.',
    },
    alsoNotes: [
      {
        table: 'sample_day',
        keys: 'json_array(camera_id, day) FROM (SELECT camera_id, day FROM sample_day WHERE camera_id = NEW.camera_id AND day < NEW.day ORDER BY day DESC LIMIT 1)',
      },
    ],
  }),
  proved('picture', 'rows', 'hash site_id kind at width height gone_at', {
    key: 'hash site_id',
    only: {
      rows: "row.kind = 'answer' OR EXISTS (SELECT 1 FROM flag_frame shown WHERE shown.hash = row.hash)",
      why: passing,
    },
    alsoNotes: [ofStoredPicture],
  }),
  proved('stored_picture', 'rows', 'hash look heads packs at', {
    key: 'hash',
    only: {
      rows: "row.look = 'close' OR EXISTS (SELECT 1 FROM flag_frame shown WHERE shown.hash = row.hash) OR EXISTS (SELECT 1 FROM picture sent WHERE sent.hash = row.hash AND sent.kind = 'answer')",
      why: `${passing} A photo that was not looked at closely is shown to nobody but as colours.`,
    },
  }),
  proved('frame_reading', 'digests', 'hash camera_id at detections packs', { key: 'hash camera_id' }),
  proved('near_miss', 'nobody', '', {
    why: 'Kept to learn from; nobody is judged by it, and its bytes are those of its name.',
  }),
  proved(
    'flag',
    'rows',
    'id camera_id restaurant_id violation score threshold box zone at picture_hash picture_width picture_height pack_name pack_sha256 status audit second decided_at',
    { left: { leased_to: lease, lease_until: lease, leased_at: lease } },
  ),
  proved('flag_frame', 'rows', 'flag_id at hash shown', {
    key: 'flag_id at',
    alsoNotes: [
      { table: 'picture', keys: 'json_array(hash, site_id) FROM picture WHERE hash = NEW.hash' },
      ofStoredPicture,
    ],
  }),
  proved('audit_draw', 'rows', 'flag_id camera_id at hour chance asked', { key: 'flag_id' }),
  proved('flag_happening', 'rows', 'flag_id camera_id violation from_at', {
    key: 'flag_id',
    left: { until_at: 'Moves on with each frame while it lasts; it is what the models saw, and decides nothing.' },
  }),
  proved('flag_sight', 'rows', 'flag_id by hash at', { key: 'flag_id by' }),
  proved(
    'verdict',
    'rows',
    'id flag_id by at decision violation stage status_before visible_ms idle seen undoes key kinds',
  ),
  proved(
    'rectification_order',
    'rows',
    'id flag_id verdict_id restaurant_id violation state issued_at due_at answered_at overdue_at closed_at',
  ),
  proved('order_step', 'rows', 'id order_id at by kind text photo_hash key'),
  proved('appeal', 'rows', 'id order_id flag_id by at text state decided_by decided_at note'),
  proved('score_event', 'rows', 'id restaurant_id at delta after reason violation order_id'),
  proved('picture_opening', 'rows', 'id hash by at reason'),
  proved('kitchen_setting', 'rows', 'name value changed_at changed_by', { key: 'name' }),
  proved(
    'dataset_export',
    'rows',
    'id asked_by asked_at reason request state total fault sums digest bytes ended_at gone_at',
    { left: { done: 'How far a running export has come.' } },
  ),
  proved('pack_version', 'rows', 'id name version task sha256 manifest_sha256 file bytes added_at'),
  proved('pack_set', 'rows', 'id digest source state note added_at added_by shadow_share shadow_since', {
    left: { fault: 'Why it could not be opened the last time.', looked: counter, left_out: counter, failed: counter },
  }),
  proved('pack_set_member', 'rows', 'set_id version_id', { key: 'set_id version_id' }),
  proved('pack_set_step', 'rows', 'id set_id at by kind reason instead_of'),
  proved('pack_learning', 'rows', 'id site_id asked_by asked_at state fault result set_id ended_at', {
    left: { stage: counter, done: counter, total: counter, tries: counter },
  }),
  proved('pack_look', 'digests', 'set_id hash camera_id looked_at rules sightings ms fault', {
    key: 'set_id hash camera_id',
  }),
  proved('shadow_frame', 'nobody', '', { why: 'What a candidate model saw: it reaches no reviewer, owner or score.' }),
];
