// Printed codes of a lot whose batch is awkward: drawn by the server, read by a scanner's reader, and found again.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { readLotCode } from '../../../server/trace/code/lot-code.ts';
import { places } from '../../support/cast.ts';
import { openTestServer } from '../../support/server.ts';

const server = openTestServer();
const wang = { as: 'partner', sites: [places.wholesaler] } as const;
const gtin = '06901234567892';

beforeAll(() => {
  // The server never opens vector pictures; here they are its own.
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] });
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const { buffer, byteOffset, byteLength } = readFileSync(wasm);
  prepareZXingModule({ overrides: { wasmBinary: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer } });
});

/** What a reader gives, as scan.js hands it on. */
async function scanned(path: string): Promise<string> {
  const response = await server.call(path, wang);
  expect(response.status).toBe(200);
  const picture = await sharp(Buffer.from(await response.arrayBuffer()), { density: 200 })
    .flatten({ background: '#fff' })
    .png()
    .toBuffer();
  const [found] = await readBarcodes(new Blob([Uint8Array.from(picture)]), { tryHarder: true });
  if (found === undefined) return '';
  const bytes = new TextDecoder().decode(found.bytes).replaceAll('\u001d', '^');
  return [']C1', ']d2', ']Q3'].includes(found.symbologyIdentifier) ? `^${bytes}` : found.text;
}

describe('the labels of a lot', () => {
  it.each(['A(1)B', 'A(10)B', '(21)X', 'A/7%', 'YX-261119'])(
    'with the batch %s are read back as that lot from every symbol on them',
    async (batch) => {
      const made = await server.call('/api/lots', {
        ...wang,
        json: {
          gtin,
          lot: batch,
          product: '猪五花肉',
          quantity: 4,
          unit: 'kg',
          madeAt: places.wholesaler,
          expiresAt: '2026-11-30',
        },
      });
      expect(made.status).toBe(201);
      const lot = (await made.json()) as { id: number; code: string; qr: string };
      const symbols = [
        `/lots/${lot.id}/datamatrix.svg`,
        `/lots/${lot.id}/gs1-128.svg`,
        lot.qr.replace(/^https?:\/\/[^/]+/, ''),
      ];
      for (const path of symbols) {
        expect(readLotCode(await scanned(path)), path).toMatchObject({ ok: true, gtin, lot: batch });
      }
      const page = await (
        await server.call(`/lots/${lot.id}/labels`, { ...wang, headers: { accept: 'text/html' } })
      ).text();
      expect(page).toContain(`(01)${gtin}(17)261130(10)`);
      expect(page).not.toContain('\\(');
    },
  );
});
