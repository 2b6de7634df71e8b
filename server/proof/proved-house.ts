// What vouches for the tables of accounts, jobs and the ledger itself.
import { type ProvedTable, proved } from '../ledger/proved-table.ts';

export const provedHouse: readonly ProvedTable[] = [
  proved(
    'account',
    'rows',
    'id login name name_en role password_hash created_at disabled_at sample speaks organisation_id district_id',
    {
      hashed: 'login name name_en password_hash',
    },
  ),
  proved('account_site', 'rows', 'account_id site_id', { key: 'account_id site_id' }),
  proved('place_grant', 'rows', 'id account_id organisation_id place granted_at ended_at'),
  proved('organisation', 'rows', 'id name name_en created_at'),
  proved('district', 'rows', 'id name name_en created_at'),
  proved('site_district', 'rows', 'site_id district_id', { key: 'site_id' }),
  proved('token', 'rows', 'id hash account_id name created_at revoked_at', { hashed: 'hash' }),
  proved('one_time_link', 'rows', 'hash kind account_id offer created_by created_at expires_at used_at', {
    key: 'hash',
    hashed: 'offer',
  }),
  proved('totp', 'rows', 'account_id secret created_at confirmed_at', {
    key: 'account_id',
    hashed: 'secret',
    left: { last_step: 'Which code was taken last.' },
  }),
  proved('passkey', 'rows', 'id account_id name public_key transports created_at', {
    hashed: 'name',
    left: { counter: 'Told by the key at each sign-in.', last_used_at: 'When it was used last.' },
  }),
  proved('recovery_code', 'rows', 'hash account_id created_at used_at', { key: 'hash' }),
  proved('account_event', 'nobody', '', {
    why: 'What a person reads of their sign-ins, tries of strangers among them: those would make the ledger grow. What is done to an account is vouched for there.',
  }),
  proved('session', 'nobody', '', { why: 'Who is signed in at this moment; it ends by itself.' }),
  proved('first_steps_shown', 'nobody', '', {
    why: 'Whether somebody was shown three steps at their first sign-in; nothing hangs on it.',
  }),
  proved('set_up_link', 'nobody', '', {
    why: 'The one-time link of a new server; the account made with it is vouched for.',
  }),

  proved('moved_picture', 'nobody', '', {
    why: 'Where a picture lies; its name is the hash of its bytes, and the full check reads it from there.',
  }),
  proved('job', 'nobody', '', { why: 'Work that waits; what it does is vouched for where it is done.' }),

  proved('ledger_entry', 'own', 'seq at kind subject body leaf_hash', { key: 'seq' }),
  proved('ledger_row', 'own', 'seq rows', { key: 'seq' }),
  proved('ledger_node', 'own', 'level position hash', { key: 'level position' }),
  proved('ledger_checkpoint', 'rows', 'size root note', {
    key: 'size',
    lazy: true,
    left: { at: 'When this server wrote it down; a witness states its own time.' },
  }),
  proved('ledger_witness', 'own', 'witness size note signed_at', {
    key: 'witness',
    left: {
      url: 'Where it was asked.',
      asked_at: 'How it fared when it was last asked.',
      state: 'How it fared when it was last asked.',
      since: 'How it fared when it was last asked.',
      detail: 'How it fared when it was last asked.',
    },
  }),

  proved('__drizzle_migrations', 'nobody', '', {
    why: 'Which version the schema is of; the schema itself is compared.',
  }),
  proved('sqlite_sequence', 'nobody', '', { why: 'The next id SQLite gives; ids that were given are vouched for.' }),
];
