// What an event says of the lots it begins is kept with them, and certificates are found by their number.
import { expect, it } from 'vitest';
import { openSamples } from '../../../server/samples.ts';
import { openTestServer } from '../../support/server.ts';

it('a lot captured with its master data has its expiry, its origin and both certificates', async () => {
  const { deps, db } = openTestServer();
  await openSamples(deps);
  const lot = db.sqlite
    .prepare("SELECT id, expires_at AS expiresAt, produced_at AS producedAt, origin FROM lot WHERE batch = 'P-A07'")
    .get();
  expect(lot).toMatchObject({ origin: '浙江云溪', expiresAt: expect.any(Number), producedAt: expect.any(Number) });
  const certificates = db.sqlite
    .prepare(
      `SELECT c.kind FROM lot l JOIN lot_certificate x ON x.lot_id = l.id JOIN certificate c ON c.id = x.certificate_id
       WHERE l.code LIKE '%/06912345002011/10/A07' ORDER BY c.kind`,
    )
    .pluck()
    .all();
  expect(certificates).toEqual(['quality', 'quarantine']);
});
