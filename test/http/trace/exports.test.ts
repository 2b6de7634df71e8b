// Every table that the product gives out, as a spreadsheet opens it: no code loses a digit, and nothing that somebody typed runs.
import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import { permissions } from '../../../server/accounts/permission.ts';
import { sheetsOf } from '../../../server/kitchen/dataset/dataset-sheet.ts';
import { registerRestaurant } from '../../../server/kitchen/shop/register-restaurant.ts';
import { fileComplaint } from '../../../server/oversight/complaint/file-complaint.ts';
import { scoreAll } from '../../../server/oversight/risk/write-risk-scores.ts';
import { addStreet } from '../../../server/oversight/sweep/add-street.ts';
import { addPlannedVisit } from '../../../server/oversight/visit/add-planned-visit.ts';
import type { Finding } from '../../../server/trace/finding/finding.ts';
import { keepFindings } from '../../../server/trace/finding/finding-store.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerLot } from '../../../server/trace/lot/register-lot.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import type { Cell } from '../../../server/trace/sheet/cell.ts';
import { readWorkbook } from '../../../server/trace/sheet/workbook.ts';
import { zhCN } from '../../../views/text/zh-CN.ts';
import { lotUri, places, products } from '../../support/cast.ts';
import { person } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';
import { sources } from '../../tidy/sources.ts';

let server: TestServer;
let recall: string;
const cook = { as: 'owner', sites: [places.dingxiang] } as const;
const inspector = { as: 'inspector' } as const;

/** What Excel would make a number, a day, a formula or a power of ten of. */
const batches = ['00123', '6901234567890123456', '1E5', '3-4', '12:30', 'MAR1', '0.50', '-7', '2026-11-20', 'TRUE'];
const phone = '057188001234';

beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  registerPlace(server.deps, {
    siteId: places.wholesaler,
    name: '=王记鲜肉',
    kind: 'wholesaler',
    address: '@后街 3 号',
    phone,
  });
  insertRestaurant();
  registerProduct(server.deps, { gtin: products.belly, name: '+五花肉', variety: '=土猪', unit: 'KGM' });
  for (const batch of batches) {
    const flow = [
      { from: places.wholesaler, to: places.dingxiang, at: '2026-11-21 09:30', quantity: 12.5, unit: 'kg' },
    ];
    registerLot(server.deps, { gtin: products.belly, lot: batch, producedAt: '2026-11-20', spec: '2-3', flow }, null);
  }
  const { publicId } = startRecall(server.deps, { lotId: firstLot().id, reason: '=1+1' }, null);
  recall = publicId;
});

const firstLot = () => lotByCode(server.db, lotUri(products.belly, batches[0]!))!;

/** The shop whose board is asked for; its name is what somebody typed. */
function insertRestaurant(): void {
  const name = { name: '=鼎香小馆', nameEn: '=Dingxiang', licence: 'JY23309020041826', address: '-荷塘路 18 号' };
  const by = person(server.deps, 'admin', 'admin');
  registerRestaurant(server.deps, by, { ...name, gln: places.dingxiang, opensAt: '00:00', closesAt: '00:00' });
  addStreet(server.deps, by, { name: '=江岸路', doors: '@12 号\n1-2\n007', district: null });
}

function findSomething(): void {
  const siteKey = server.db.sqlite.prepare('SELECT key FROM site WHERE id = ?').pluck().get(places.dingxiang) as number;
  const found = {
    kind: 'uncoded',
    subject: 's',
    lotId: firstLot().id,
    siteKey,
    eventId: null,
    at: 1,
    detail: { code: '=1' },
  };
  keepFindings(server.db, [], [found as Finding], 1);
}

type Asked = {
  readonly path: string;
  readonly as: { as: 'owner' | 'inspector' | 'reviewer' | 'admin'; sites?: readonly string[] };
};
const exports_: Readonly<Record<string, () => Asked | Promise<Asked>>> = {
  'GET /complaints.csv': async () => {
    const said = {
      kind: 'other',
      words: '=酸了',
      place: '店里',
      happenedAt: server.deps.clock(),
      contact: null,
    } as const;
    await fileComplaint(server.deps, firstLot(), {
      ...said,
      ticket: 't1',
      siteId: places.wholesaler,
      photo: undefined,
    });
    return { path: '/complaints.csv', as: inspector };
  },
  'GET /findings.csv': () => {
    findSomething();
    return { path: '/findings.csv', as: inspector };
  },
  'GET /my/findings.csv': () => {
    findSomething();
    return { path: '/my/findings.csv', as: cook };
  },
  'GET /visits.csv': () => {
    addPlannedVisit(server.deps, person(server.deps, 'inspector', 'chen'), { siteId: places.wholesaler, days: 7 });
    return { path: '/visits.csv?who=all', as: inspector };
  },
  'GET /my/suppliers.csv': () => ({ path: '/my/suppliers.csv', as: cook }),
  'GET /recalls.csv': () => ({ path: '/recalls.csv', as: inspector }),
  'GET /lots.csv': () => ({ path: '/lots.csv?q=五花肉&sort=batch', as: cook }),
  'GET /kitchens.csv': () => ({ path: '/kitchens.csv?words=小馆', as: inspector }),
  'GET /people.csv': () => ({ path: '/people.csv', as: { as: 'admin' } }),
  'GET /records.csv': () => ({ path: '/records.csv', as: inspector }),
  'GET /ledger.csv': () => ({ path: '/ledger.csv', as: inspector }),
  'GET /my/purchases.csv': () => ({ path: '/my/purchases.csv', as: cook }),
  'GET /lots/import/sample.csv': () => ({ path: '/lots/import/sample.csv', as: inspector }),
  'GET /review/board.csv': () => ({ path: '/review/board.csv', as: { as: 'reviewer' } }),
  'GET /kitchens/board.csv': () => ({ path: '/kitchens/board.csv', as: inspector }),
  'GET /risk.csv': () => {
    scoreAll(server.deps);
    return { path: '/risk.csv', as: inspector };
  },
  'GET /sweep/left.csv': () => ({ path: '/sweep/left.csv', as: inspector }),
  'GET /board.csv': () => ({ path: '/board.csv', as: inspector }),
  'GET /my/sales/board.csv': () => ({ path: '/my/sales/board.csv', as: cook }),
  'GET /my/board.csv': () => ({ path: '/my/board.csv', as: cook }),
  'GET /review/quality.csv': () => ({ path: '/review/quality.csv', as: inspector }),
  'GET /api/fsma204.xlsx': () => ({ path: '/api/fsma204.xlsx?from=2026-11-01&until=2026-11-22', as: inspector }),
  'GET /api/recalls/:id/fsma204.xlsx': () => ({ path: `/api/recalls/${recall}/fsma204.xlsx`, as: inspector }),
};

async function opened(route: string): Promise<Response> {
  const { path, as } = await exports_[route]!();
  const response = await server.call(path, as);
  expect(response.status, path).toBe(200);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.(csv|xlsx)"$/);
  return response;
}

const tabled = (ending: string) => Object.keys(permissions).filter((route) => route.endsWith(ending));

/** What Excel takes for a number, a day, a time or a truth word when it opens a CSV file; a tab makes any of them text. */
function isChanged(cell: string): boolean {
  if (cell.includes('\t') || cell.startsWith("'")) return false;
  return (
    (cell.trim() !== '' && Number.isFinite(Number(cell.replaceAll(',', '')))) ||
    /^(\d+[-/:.]\d+([-/:.]\d+)?|[a-z]{3,4}[- ]?\d+|true|false)$/i.test(cell)
  );
}

/** Days that a chart counts by are days in Excel too: nobody typed them. */
const counted = ['label', 'value', 'low', 'high'];
const { nav } = zhCN.common;
const { scoreTitle, confirmed30, openOrders, camerasOnline } = zhCN.kitchen;
const kitchenNumbers = [scoreTitle, confirmed30, openOrders, camerasOnline, nav.cameras];
const risks = ['风险分', ...Object.values(zhCN.risk.parts)];
const figures = ['count', 'found', 'missed', 'caught', 'value', 'low', 'high'];
const plain = (cell: string) => cell.replace(/\t$|^'/g, '');

describe('every table that can be downloaded', () => {
  it('is in this test', () => {
    expect([...tabled('.csv'), ...tabled('.xlsx')].sort()).toEqual(Object.keys(exports_).sort());
  });

  it('is written by the one CSV writer and the one workbook writer', () => {
    const writers = sources(/^server\/.*\.(ts|tsx)$/)
      .filter(({ lines }) => lines.some((line) => /(from |import\()'(csv-stringify|write-excel-file)/.test(line)))
      .map(({ path }) => path);
    expect(writers.sort()).toEqual(['server/http/csv-file.ts', 'server/http/xlsx-file.ts']);
  });

  it.each(tabled('.csv'))('%s keeps its texts in Excel, and runs none', async (route) => {
    const bytes = Buffer.from(await (await opened(route)).arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [heading = [], ...rows] = parse(bytes.subarray(3)) as string[][];
    // Nobody reviewed anything here.
    expect(heading.length).toBeGreaterThan(4);
    if (route !== 'GET /review/quality.csv') expect(rows.length).toBeGreaterThan(0);
    const free = new Set([
      '编号',
      '序号',
      '批次',
      ...kitchenNumbers,
      '日期',
      '生产日期',
      '保质期至',
      '数量',
      '到货温度',
      ...figures,
      ...counted,
      ...risks,
    ]);
    for (const row of rows) {
      for (const [at, cell] of row.entries()) {
        expect(cell).not.toMatch(/^[=+\-@\t]/);
        if (!free.has(heading[at]!)) expect(isChanged(cell), `${heading[at]}: ${cell}`).toBe(false);
      }
    }
  });

  it.each(tabled('.xlsx'))('%s holds its texts in cells of text, and no formula', async (route) => {
    const bytes = Buffer.from(await (await opened(route)).arrayBuffer());
    const [sheet] = readWorkbook(bytes, { rows: 5_000, columns: 60 })!;
    const [heading = [], ...rows] = sheet!.rows as Cell[][];
    expect(rows.length).toBeGreaterThan(0);
    const amount = heading.findIndex(({ text }) => text === 'Quantity');
    for (const row of rows) {
      for (const [at, { kind, text }] of row.entries()) {
        if (text !== '') expect(kind, `${heading[at]?.text}: ${text}`).toBe(at === amount ? 'number' : 'text');
      }
    }
  });

  it('as judged frames for the training scripts, too', () => {
    const picture = {
      folder: 'train',
      file: '0012.jpg',
      kitchen: '=1+1',
      side: 'train',
      at: 0,
      packs: [],
      verdicts: 1,
      lensFault: false,
      answers: [],
      seen: [{ source: '00123', label: '1E5', score: 0.5, box: [0, 0, 0.5, 0.5] }],
    } as never;
    const files = sheetsOf([picture]);
    expect(files['labels.csv']).toContain(",'=1+1,");
    expect((parse(files['seen.csv']) as string[][])[1]).toEqual([
      ...['images/train/0012.jpg', '00123\t', '1E5\t', '0.5000'],
      ...['0.000000', '0.000000', '0.500000', '0.500000'],
    ]);
  });
});

describe('the purchase ledger as a table', () => {
  it('has the fields of the law, in Beijing’s time and in words: product, size, dates, amount, supplier and how to reach them', async () => {
    const rows = parse(await (await opened('GET /my/purchases.csv')).text(), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows).toHaveLength(batches.length);
    expect(rows.map((row) => plain(row['批号']!)).sort()).toEqual([...batches].sort());
    const row = rows.find(({ 批号 }) => plain(批号!) === '00123')!;
    expect(Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, plain(cell)]))).toMatchObject({
      日期: '2026-11-21 09:30',
      产品: '+五花肉',
      规格: '2-3',
      生产日期: '2026-11-20',
      数量: '12.5',
      单位: '千克',
      供货单位: '=王记鲜肉',
      供货者地址: '@后街 3 号',
      供货者联系方式: phone,
      收货单位: '鼎香小馆',
      追溯码: lotUri(products.belly, '00123'),
      '商品条码（GTIN）': products.belly,
    });
  });

  it('speaks English to who reads English, and counts pieces where nobody said a unit', async () => {
    registerLot(
      server.deps,
      {
        origin: 'Li',
        batch: '7',
        product: 'Eggs',
        flow: [{ to: places.dingxiang, at: '2026-11-22 09:00', quantity: 30 }],
      },
      null,
    );
    const response = await server.call('/my/purchases.csv?from=2026-11-22', {
      ...cook,
      headers: { 'accept-language': 'en' },
    });
    const [row] = parse(await response.text(), { columns: true }) as Record<string, string>[];
    expect(row).toMatchObject({ Product: 'Eggs', Quantity: '30', Unit: 'pcs', Date: '2026-11-22 09:00' });
  });

  it('of a span that ends before it begins is refused with what to do', async () => {
    const response = await server.call('/my/purchases.csv?from=2026-11-22&until=2026-11-01', cook);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('结束日期早于开始日期');
    expect(
      (await server.call('/my/purchases?until=2026-08-01', { ...cook, headers: { accept: 'text/html' } })).status,
    ).toBe(200);
  });
});

describe('the FSMA 204 sheet', () => {
  it('of a span that ends before it begins is refused, where it was an empty sheet', async () => {
    const response = await server.call('/api/fsma204.xlsx?from=2026-11-22&until=2026-11-01', inspector);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ faults: [{ place: '/until', code: 'span_reversed' }] });
  });
});
