// The sample district with a judged flag and its order, in a database of its own: real rows, made by the doors that people use.

import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { openSamples } from '../../server/samples.ts';
import type { Db } from '../../server/store/db.ts';
import { frameOf, openCast, scriptedEye, seen } from './kitchen-cast.ts';
import { openTestServer, type TestServer } from './server.ts';

export async function smallDistrict(): Promise<Db> {
  return (await openSmallDistrict()).db;
}

export async function openSmallDistrict(): Promise<TestServer> {
  const server = openTestServer({ eye: scriptedEye() });
  const { deps, clock, call } = server;
  await openSamples(deps);
  const { camera, restaurant } = openCast(deps);
  for (let frame = 0; frame < 3; frame++) {
    clock.pass(20_000);
    recordSample(deps, await frameOf(camera, { at: clock.now(), detections: [seen('no_mask', 0.87)] }));
  }
  const { flags } = (await (await call('/api/flags?status=open', { as: 'reviewer' })).json()) as {
    flags: { id: number }[];
  };
  const judged = await call(`/api/flags/${flags[0]?.id}/verdict`, { as: 'reviewer', json: { decision: 'confirmed' } });
  const { orderId } = (await judged.json()) as { orderId: number };
  const appeal = { as: 'owner', sites: [restaurant.siteId], json: { reason: '当时戴着口罩，画面角度问题。' } } as const;
  await call(`/api/orders/${orderId}/appeal`, appeal);
  return server;
}
