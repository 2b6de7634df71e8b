// Every closed route that names a row, with the kind of the row and a body that would do it; and what only its own test can make.
import type { Kind } from './two-districts.ts';

/** Routes that name something else than a row of a place, or that need what only their own test makes. */
export const elsewhere: readonly { readonly test: string; readonly routes: readonly string[] }[] = [
  { test: 'test/http/trace/connect.test.ts', routes: ['POST /connect/tokens/:token/revoked'] },
  { test: 'test/http/oversight/risk.test.ts', routes: ['GET /risk/sites/:siteId', 'GET /api/risk/:siteId'] },
  { test: 'test/http/oversight/district-board.test.ts', routes: ['GET /board/rows/:kind'] },
  { test: 'test/http/oversight/notices.test.ts', routes: ['GET /notices/:id'] },
  {
    test: 'test/http/oversight/notice-delivery.test.ts',
    routes: ['GET /notices/sent/:id', 'POST /notices/sent/:id/deliveries/:delivery/revived'],
  },
  { test: 'test/http/oversight/sentinel.test.ts', routes: ['POST /sentinel/:id/explanation'] },
  {
    test: 'test/http/oversight/sweep.test.ts',
    routes: [
      'GET /sweep/streets/:id',
      'POST /sweep/doors/:id',
      'GET /sweep/shops/:id',
      'POST /sweep/shops/:id/decision',
      'GET /sweep/shops/:id/photos/:hash',
    ],
  },
  {
    test: 'test/http/oversight/visits.test.ts',
    routes: [
      'GET /visits/:id/photos/:hash',
      ...['POST /visits/:id/closed', 'POST /visits/:id/published', 'POST /api/visits/:id/closed'],
      'POST /my/visit-orders/:id/answer',
    ],
  },
  { test: 'test/http/oversight/federation.test.ts', routes: ['POST /federation/:id/removed'] },
  {
    test: 'test/http/oversight/purchase.test.ts',
    routes: [
      ...['GET /my/trade/:id', 'GET /my/trade/:id/papers', 'GET /my/promises/:id', 'GET /api/purchase-orders/:id'],
      ...['sent', 'received', 'ended', 'money', 'money/:money/taken-back'].map((step) => `POST /my/trade/:id/${step}`),
      ...['sent', 'received', 'money'].map((step) => `POST /api/purchase-orders/:id/${step}`),
    ],
  },
  {
    test: 'test/http/oversight/draws.test.ts',
    routes: ['POST /draws/:id/beacon', 'POST /draws/:id/published', 'POST /my/conflicts/:id/ended'],
  },
  {
    test: 'test/http/accounts/own-account.test.ts',
    routes: ['POST /account/sessions/:hash/ended'],
  },
  { test: 'test/http/accounts/second-factor.test.ts', routes: ['POST /account/passkeys/:id/removed'] },
  {
    test: 'test/security/faces-of-goods.test.ts',
    routes: ['GET /complaints/:id/photos/:hash', 'GET /recalls/:id/photos/:hash'],
  },
  {
    test: 'test/security/faces.test.ts',
    routes: ['GET /flags/:id/pictures/:by', 'GET /pictures/:hash/original'],
  },
  {
    test: 'test/http/trace/epcis-query.test.ts',
    routes: ['eventTypes', 'epcs', 'bizSteps', 'bizLocations', 'readPoints', 'dispositions']
      .flatMap((name) => [`GET /epcis/${name}/:value`, `GET /epcis/${name}/:value/events`])
      .concat('DELETE /epcis/nextPageToken/:token'),
  },
];

export type Line = {
  readonly route: string;
  readonly kind: Kind;
  /** What the second name in the address stands for. */
  readonly also?: { readonly name: string; readonly kind: Kind };
  /** A body that would do it, were the row one's own. */
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>>;
  readonly multipart?: Readonly<Record<string, string>>;
  /** Why one's own cannot be acted on here. */
  readonly notOwn?: string;
  /** Who may call it, and for whom it is not there in this state of things. */
  readonly not?: readonly string[];
};

const camera = { place: '切配区', url: 'rtsp://192.0.2.14/stream1', sampleEverySeconds: 30 };
const reason = { reason: 'smells' };
export const lines: readonly Line[] = [
  { route: 'GET /kitchens/:id', kind: 'restaurant' },
  { route: 'GET /kitchens/:id/standing', kind: 'restaurant' },
  { route: 'POST /kitchens/:id/name', kind: 'restaurant', form: { name: '东门饭馆' } },
  { route: 'POST /kitchens/:id/closing', kind: 'restaurant', form: { day: '2026-11-23' } },
  { route: 'POST /kitchens/:id/reopening', kind: 'restaurant', form: {} },
  { route: 'GET /cameras/:id', kind: 'camera' },
  { route: 'GET /cameras/:id/change', kind: 'camera' },
  { route: 'GET /cameras/:id/rules', kind: 'camera' },
  { route: 'GET /cameras/:id/lookouts', kind: 'camera' },
  { route: 'GET /api/cameras/:id', kind: 'camera' },
  { route: 'GET /api/cameras/:id/rules', kind: 'camera' },
  // An owner hears of what a person has confirmed, and this one waits.
  { route: 'GET /api/flags/:id', kind: 'flag', not: ['owner'] },
  { route: 'GET /orders/:id', kind: 'order' },
  { route: 'GET /api/orders/:id', kind: 'order' },
  { route: 'GET /lots/:id', kind: 'lot' },
  { route: 'GET /api/lots/:id', kind: 'lot' },
  { route: 'GET /lots/:id/labels', kind: 'lot' },
  { route: 'GET /lots/:id/datamatrix.svg', kind: 'lot' },
  { route: 'GET /lots/:id/gs1-128.svg', kind: 'lot' },
  { route: 'GET /recalls/:id', kind: 'recall' },
  { route: 'GET /api/recalls/:id', kind: 'recall' },
  { route: 'GET /complaints/:id', kind: 'complaint' },
  { route: 'POST /cameras/:id', kind: 'camera', json: camera },
  { route: 'POST /cameras/:id/test', kind: 'camera', json: {}, notOwn: 'no network here' },
  { route: 'POST /api/cameras/:id/test', kind: 'camera', json: {}, notOwn: 'no network here' },
  { route: 'POST /cameras/:id/rules/undo', kind: 'camera', json: {}, notOwn: 'nothing to undo' },
  { route: 'PUT /api/cameras/:id/rules', kind: 'camera', json: {} },
  { route: 'POST /api/cameras/:id/rules/effect', kind: 'camera', json: {} },
  {
    route: 'POST /api/cameras/:id/missed',
    kind: 'camera',
    json: { at: 1, violation: 'no_mask' },
    notOwn: 'no picture of that moment',
  },
  {
    route: 'POST /cameras/:id/missed',
    kind: 'camera',
    form: { at: '1', violation: 'no_mask' },
    notOwn: 'no picture of that moment',
  },
  { route: 'POST /api/flags/:id/verdict', kind: 'flag', json: { decision: 'cleared' } },
  { route: 'POST /flags/:id/verdict', kind: 'flag', form: { verdict: 'cleared' } },
  { route: 'POST /flags/:id/group-verdict', kind: 'flag', json: {} },
  { route: 'POST /api/orders/:id/answer', kind: 'order', multipart: { text: '已改正' } },
  { route: 'POST /orders/:id/answer', kind: 'order', multipart: { text: '已改正' } },
  { route: 'POST /orders/:id/appeal', kind: 'order', form: { text: '当时在试菜' } },
  { route: 'POST /orders/:id/decision', kind: 'order', form: { decision: 'accepted' } },
  { route: 'POST /orders/:id/appeal-decision', kind: 'order', form: { decision: 'upheld', note: 'seen' } },
  { route: 'POST /cameras/:id/rules', kind: 'camera', form: {} },
  { route: 'POST /cameras/:id/lookouts', kind: 'camera', form: {} },
  { route: 'POST /pictures/:hash/openings', kind: 'picture', form: reason },
  { route: 'POST /lots/:id/held', kind: 'lot', form: reason },
  { route: 'POST /lots/:id/released', kind: 'lot', form: reason },
  { route: 'GET /recalls/planned/:id', kind: 'plan' },
  { route: 'POST /recalls/planned/:id/taken-back', kind: 'plan', form: {} },
  { route: 'POST /recalls/planned/:id/issued', kind: 'plan', form: {}, notOwn: 'taken back a line before' },
  { route: 'POST /claims/:id/decision', kind: 'claim', form: { verdict: 'deny' } },
  { route: 'GET /epcis/events/:id', kind: 'event' },
  { route: 'POST /api/orders/:id/appeal', kind: 'order', json: { text: '当时在试菜' } },
  { route: 'POST /api/orders/:id/decision', kind: 'order', json: { decision: 'accepted' } },
  { route: 'POST /api/orders/:id/appeal-decision', kind: 'order', json: { decision: 'upheld', note: 'seen' } },
  { route: 'POST /api/lots/:id/held', kind: 'lot', json: reason },
  { route: 'POST /api/lots/:id/released', kind: 'lot', json: reason },
  { route: 'POST /api/lots/:id/tests', kind: 'lot', json: { subject: 'salmonella', result: 'passed' } },
  { route: 'GET /api/lots/:id/packs', kind: 'lot' },
  { route: 'PUT /api/lots/:id/packs', kind: 'lot', json: { pack: 'CS', holds: 10 } },
  { route: 'POST /lots/:id/packs', kind: 'lot', form: { pack: 'CS', holds: '10' } },
  { route: 'GET /lots/:id/merges/new', kind: 'lot' },
  { route: 'POST /lots/:id/merges', kind: 'lot', form: reason, notOwn: 'the other code' },
  { route: 'POST /api/lots/:id/merges', kind: 'lot', json: { code: 'x', reason: 'x' }, notOwn: 'the other code' },
  { route: 'GET /lots/:id/tests/new', kind: 'lot' },
  { route: 'POST /lots/:id/tests', kind: 'lot', form: { subject: 'salmonella', result: 'passed' } },
  { route: 'POST /orders/:id/plan', kind: 'order', form: { text: '本周换新' } },
  { route: 'POST /api/orders/:id/plan', kind: 'order', json: { text: '本周换新' } },
  { route: 'POST /lots/:id/evidence', kind: 'lot', json: {} },
  { route: 'POST /api/lots/:id/evidence', kind: 'lot', json: {} },
  { route: 'POST /flags/:id/evidence', kind: 'flag', json: {} },
  { route: 'POST /api/flags/:id/evidence', kind: 'flag', json: {} },
  { route: 'POST /recalls/:id/evidence', kind: 'recall', json: {} },
  { route: 'POST /api/recalls/:id/evidence', kind: 'recall', json: {} },
  {
    route: 'POST /api/recalls/:id/answers',
    kind: 'recall',
    json: { action: 'quarantined', quantity: 1 },
    not: ['inspector'],
  },
  { route: 'POST /complaints/:id/steps', kind: 'complaint', json: { step: 'looking' } },
  { route: 'POST /api/claims/:id/decision', kind: 'claim', json: { verdict: 'deny' } },
  { route: 'POST /complaints/:id/mediation', kind: 'complaint', form: {}, notOwn: 'nobody asked for it' },
  { route: 'POST /my/complaints/:id/mediation', kind: 'complaint', form: {}, notOwn: 'nobody asked for it' },
  { route: 'GET /lots/:id/kitchens', kind: 'lot' },
  { route: 'GET /flags/:id/lots', kind: 'flag' },
  { route: 'GET /api/lots/:id/kitchens', kind: 'lot' },
  { route: 'GET /api/flags/:id/lots', kind: 'flag' },
  { route: 'GET /subscriptions/:id', kind: 'subscription' },
  { route: 'POST /subscriptions/:id/paused', kind: 'subscription', form: {} },
  { route: 'POST /subscriptions/:id/resumed', kind: 'subscription', form: {} },
  { route: 'POST /subscriptions/:id/tests', kind: 'subscription', form: {}, notOwn: 'no network here' },
  { route: 'POST /subscriptions/:id/removed', kind: 'subscription', form: {} },
  { route: 'GET /lots/imports/:id', kind: 'import' },
  { route: 'GET /api/lots/imports/:id', kind: 'import' },
  { route: 'POST /lots/imports/:id/cancelled', kind: 'import', form: {} },
  { route: 'DELETE /api/lots/imports/:id', kind: 'import', notOwn: 'ended a line before' },
  { route: 'GET /api/day/:siteId', kind: 'site' },
  { route: 'GET /my/day/:siteId', kind: 'site' },
  { route: 'GET /my/day/:siteId/settings', kind: 'site' },
  { route: 'GET /my/day/:siteId/meals', kind: 'site' },
  { route: 'GET /my/day/:siteId/week/:day', kind: 'site' },
  { route: 'GET /my/day/:siteId/month/:day', kind: 'site' },
  { route: 'POST /my/day/:siteId', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/closed', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/lines', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/offices', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/staff', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/staff/:id/left', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/school', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/meals', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/meals/:id/discarded', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/week/:day', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/day/:siteId/month/:day', kind: 'site', form: {}, notOwn: 'a day of its own' },
  { route: 'POST /my/recalls/:id/answers', kind: 'recall', multipart: { action: 'quarantined', quantity: '1' } },
  {
    route: 'POST /my/recalls/:id/answers/:answer/taken-back',
    kind: 'recall',
    also: { name: 'answer', kind: 'answer' },
    form: {},
  },
  {
    route: 'POST /api/recalls/:id/answers/:answer/taken-back',
    kind: 'recall',
    also: { name: 'answer', kind: 'answer' },
    json: {},
    not: ['inspector'],
  },
  { route: 'GET /epcis/capture/:id', kind: 'capture' },
  { route: 'GET /shipments/:id/readings', kind: 'shipment' },
  { route: 'POST /shipments/:id/readings', kind: 'shipment', multipart: {} },
  { route: 'POST /api/shipments/:id/readings', kind: 'shipment', multipart: {} },
  { route: 'GET /lots/:id/tests/:test/report', kind: 'lot', also: { name: 'test', kind: 'labTest' } },
  {
    route: 'POST /lots/:id/merges/:merge/undone',
    kind: 'merged',
    also: { name: 'merge', kind: 'merge' },
    form: reason,
  },
  {
    route: 'POST /api/lots/:id/merges/:merge/undone',
    kind: 'merged',
    also: { name: 'merge', kind: 'merge' },
    json: reason,
    notOwn: 'undone a line before',
  },
  { route: 'GET /epcis/queries/:name', kind: 'query' },
  { route: 'GET /epcis/queries/:name/events', kind: 'query' },
  { route: 'GET /epcis/queries/:name/subscriptions', kind: 'query' },
  {
    route: 'GET /epcis/queries/:name/subscriptions/:id',
    kind: 'query',
    also: { name: 'id', kind: 'subscription' },
  },
  { route: 'POST /epcis/queries/:name/subscriptions', kind: 'query', json: {} },
  {
    route: 'DELETE /epcis/queries/:name/subscriptions/:id',
    kind: 'query',
    also: { name: 'id', kind: 'subscription' },
    notOwn: 'removed some lines before',
  },
  { route: 'DELETE /epcis/queries/:name', kind: 'query' },
];
