// The store of pictures tried with a real S3 server: OpenStack Swift of the distribution, which dies and comes back.
import { AwsV4Signer } from 'aws4fetch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jpeg } from '../../support/kitchen-cast.ts';
import { bucketName, keptHour, movingTests, openMovingHouse } from '../../support/moving-house.ts';
import { openSwift, type Swift } from '../../support/swift.ts';

let swift: Swift;
beforeAll(async () => {
  swift = await openSwift();
  const { key: accessKeyId, secret: secretAccessKey, endpoint } = swift;
  const made = new AwsV4Signer({
    method: 'PUT',
    url: `${endpoint}/${bucketName}`,
    accessKeyId,
    secretAccessKey,
    service: 's3',
  });
  const { url, method, headers } = await made.sign();
  expect((await fetch(url, { method, headers })).status).toBe(200);
}, 240_000);
afterAll(() => swift.end());

movingTests(() => swift);

it('refuses other secrets, other regions and buckets that are not there, each in words', async () => {
  await expect(openMovingHouse({ ...swift, secret: 'another' })).rejects.toThrow('SignatureDoesNotMatch');
  await expect(openMovingHouse(swift, { S3_REGION: 'mars-1' })).rejects.toThrow('S3_REGION');
  await expect(openMovingHouse(swift, { S3_BUCKET: 'nobodys' })).rejects.toThrow('there is no such bucket');
}, 60_000);

it('while it is dead pictures stay in the folder, and they move once it lives again', async () => {
  const house = await openMovingHouse(swift);
  const hash = house.keep(await jpeg(200));
  house.clock.pass(keptHour);
  await swift.stop();
  await house.moving.pass();
  expect([house.has(hash), house.moving.standing().state]).toEqual([true, 'away']);
  await swift.start();
  await house.moving.pass();
  expect([house.has(hash), house.moving.standing().state]).toEqual([false, 'bucket']);
  expect(await (await house.restart()).deps.blobs.bring(hash)).toEqual(await jpeg(200));
}, 120_000);
