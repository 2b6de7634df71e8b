// Who must not: written by hand and short, beside the long table of who may. A line that opens a door too far fails here.
import { describe, expect, it } from 'vitest';
import type { Role } from '../../server/accounts/caller.ts';
import { roles } from '../../server/accounts/caller.ts';
import { openTestServer } from '../support/server.ts';

type Line = { readonly what: string; readonly doors: readonly string[]; readonly mustNot: readonly Role[] };

const except = (...some: Role[]): Role[] => roles.filter((role) => !some.includes(role));

/** Nobody without an account passes any of these either. */
const lines: readonly Line[] = [
  {
    what: 'people, health, packs, data sets and settings are the administrator’s alone',
    doors: [
      'GET /people',
      'POST /people',
      'POST /people/1/disabled',
      'GET /health',
      'GET /metrics',
      'POST /health/jobs/1/revived',
      'GET /packs',
      'POST /packs',
      'POST /packs/1/promotion',
      'POST /packs/rollback',
      'POST /api/packs/1/promotion',
      'GET /datasets',
      'POST /datasets',
      'GET /datasets/1/file',
      'POST /api/datasets',
      'GET /thresholds',
      'POST /cameras/1/thresholds/no_hat',
      'GET /kitchens/settings',
      'POST /kitchens/settings',
      'POST /subscriptions/networks',
    ],
    mustNot: except('admin'),
  },
  {
    what: 'a verdict is a reviewer’s: no owner judges themselves, no inspector undoes, no partner looks',
    doors: [
      'GET /review',
      'GET /review/unsure',
      'POST /review/undo',
      'POST /flags/1/verdict',
      'POST /flags/1/group-verdict',
      'POST /api/flags/1/verdict',
      'POST /orders/1/decision',
      'POST /api/orders/1/decision',
      'POST /orders/1/appeal-decision',
    ],
    mustNot: except('reviewer', 'admin'),
  },
  {
    what: 'only an owner answers and appeals for a kitchen, not even an administrator in their name',
    doors: ['POST /orders/1/answer', 'POST /orders/1/appeal', 'POST /api/orders/1/answer', 'GET /my', 'GET /my/orders'],
    mustNot: except('owner'),
  },
  {
    what: 'a recall, a hold and evidence are an inspector’s',
    doors: [
      'GET /recalls',
      'POST /recalls/new',
      'GET /recalls/planned/1',
      'POST /recalls/planned/1/taken-back',
      'POST /recalls/planned/1/issued',
      'POST /api/recalls',
      'POST /recalls/1/closed',
      'POST /recalls/1/issues',
      'POST /api/lots/1/held',
      'POST /lots/1/held',
      'POST /api/lots/1/released',
      'POST /lots/1/evidence',
      'POST /api/recalls/1/evidence',
      'GET /api/fsma204.xlsx',
      'GET /ledger',
      'GET /findings',
      'POST /findings/rules',
      'GET /complaints',
      'POST /complaints/1/steps',
    ],
    mustNot: except('inspector', 'admin'),
  },
  {
    what: 'a laboratory test is told by inspectors and suppliers, never by the shop that serves the goods',
    doors: ['POST /api/lots/1/tests', 'POST /lots/1/tests', 'GET /lots/1/tests/new'],
    mustNot: except('partner', 'inspector', 'admin'),
  },
  {
    what: 'a picture is opened unblurred by an inspector with a reason, and by nobody else',
    doors: ['POST /pictures/0/openings'],
    mustNot: except('inspector'),
  },
  {
    what: 'a partner, a worker and a reviewer change no camera; a partner and a worker see none',
    doors: [
      'POST /my/cameras',
      'POST /api/cameras',
      'POST /cameras/1',
      'POST /cameras/1/rules',
      'PUT /api/cameras/1/rules',
    ],
    mustNot: ['partner', 'worker', 'reviewer', 'inspector'],
  },
  {
    what: 'cameras, flags and orders are not for partners',
    doors: [
      'GET /cameras/1',
      'GET /api/cameras',
      'GET /api/flags',
      'GET /api/flags/1',
      'GET /api/orders',
      'GET /kitchens',
    ],
    mustNot: ['partner', 'worker'],
  },
  {
    what: 'a reviewer of pictures tells nothing of lots and receives nothing',
    doors: [
      'POST /epcis/capture',
      'POST /epcis/events',
      'POST /api/lots',
      'POST /api/lots/import',
      'POST /api/receipts',
    ],
    mustNot: ['reviewer', 'worker'],
  },
  {
    what: 'a worker carries pictures and sees no lot, event or recall',
    doors: [
      'GET /epcis/events',
      'GET /epcis/queries',
      'GET /api/trace',
      'GET /api/lots',
      'GET /api/recalls',
      'GET /lots',
      'GET /trace',
    ],
    mustNot: ['worker'],
  },
];

const server = openTestServer();

describe('who must not', () => {
  const rows = lines.flatMap(({ what, doors, mustNot }) => doors.map((door) => ({ what, door, mustNot })));

  it.each(rows)('$door: $what', async ({ door, mustNot }) => {
    const [method = '', path = ''] = door.split(' ');
    const anonymous = await server.call(path, { method });
    expect(anonymous.status).toBe(401);
    for (const role of mustNot) expect((await server.call(path, { method, as: role })).status, role).toBe(403);
  });
});
