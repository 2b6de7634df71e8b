// The full check: everything is built again from the ledger and the documents, and whoever changed a row behind the program's back is named.
import { beforeAll, describe, expect, it } from 'vitest';
import { appendEntry } from '../../../server/ledger/append.ts';
import { openJournal } from '../../../server/ledger/journal.ts';
import { everyTable } from '../../../server/proof/every-table.ts';
import { openSamples } from '../../../server/samples.ts';
import { writeTransaction } from '../../../server/store/db.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openCast } from '../../support/kitchen-cast.ts';
import { openProofHouse, type ProofHouse, verifyHouse } from '../../support/proof-house.ts';
import { openTestServer } from '../../support/server.ts';

describe('a house where everything has happened', () => {
  let house: ProofHouse;
  beforeAll(async () => {
    house = await openProofHouse({ samples: true });
  });

  it('is whole, and every table that is vouched for was compared', async () => {
    const report = await verifyHouse(house);
    expect(report.faults).toEqual([]);
    const compared = new Set(report.tables.map(({ table }) => table));
    expect(everyTable.filter(({ table, by }) => !compared.has(table) && by !== 'nobody' && by !== 'own')).toEqual([]);
  });

  it('has rows in every table that is vouched for', async () => {
    const { tables } = await verifyHouse(house);
    const empty = tables.filter(({ rows }) => rows === 0).map(({ table }) => table);
    expect(empty.map((table) => `Let a row of ${table} be written in test/support/proof-house.ts.`)).toEqual([]);
  });
});

describe('a database that an earlier version filled', () => {
  async function upgraded() {
    const server = openTestServer();
    openCast(server.deps);
    await openSamples(server.deps);
    openJournal(server.db, everyTable, server.clock.now);
    return server;
  }

  it('is whole, and says from which entry on it can be proved', async () => {
    const server = await upgraded();
    const size = Number(server.db.sqlite.prepare("SELECT seq FROM ledger_entry WHERE kind = 'plan'").pluck().get());
    const report = await verifyHouse(server);
    expect(report).toMatchObject({ faults: [], rowsFrom: size });
    expect(size).toBeGreaterThan(10);
  });

  it('that has not been started since is whole, and nothing of its rows is provable yet', async () => {
    const server = openTestServer();
    openCast(server.deps);
    expect(await verifyHouse(server)).toMatchObject({ faults: [], rowsFrom: null });
  });

  it('is proved from there on: a row of before that is changed now is found', async () => {
    const server = await upgraded();
    server.db.sqlite.exec('DROP TRIGGER temp.note_restaurant_changed; UPDATE restaurant SET score = 100 - id');
    const { faults } = await verifyHouse(server);
    expect(faults.map(({ place }) => place)).toContain('restaurant [1]');
  });
});

describe('captured under other rules', () => {
  it('the graph of before is taken as it stands, and what came after is built again', async () => {
    const server = openTestServer();
    const capture = (batch: string) =>
      captureDocument(
        server.deps,
        readForCapture(
          documentOf([events.commission(hour(0), places.farm, [[lotUri(products.pig, batch), 5, 'KGM']])]),
          'application/ld+json',
        ),
        null,
        { onError: 'rollback' },
      );
    // As an earlier program left it: an entry without rules and a row of the graph that these rules would not make.
    capture('OLD');
    server.db.sqlite.exec(
      'DROP TRIGGER ledger_entry_no_delete; DROP TRIGGER ledger_node_no_delete; DROP TRIGGER edge_out_unchanged',
    );
    const [body] = server.db.sqlite.prepare('SELECT body FROM ledger_entry').pluck().all() as string[];
    const { graph: _graph, row: _row, ...old } = JSON.parse(body!);
    const subject = server.db.sqlite.prepare('SELECT subject FROM ledger_entry').pluck().get() as string;
    server.db.sqlite.exec('DELETE FROM ledger_entry; DELETE FROM ledger_node; UPDATE edge_out SET quantity = 6');
    writeTransaction(server.db, () =>
      appendEntry(server.db, { kind: 'capture', subject, body: old, at: server.clock.now() }),
    );
    openJournal(server.db, everyTable, server.clock.now);
    capture('NEW');
    server.db.sqlite.exec('UPDATE edge_out SET quantity = 7 WHERE event_id = 2');
    const { faults, graphFrom } = await verifyHouse(server);
    expect(graphFrom).toBe(2);
    expect(faults.filter(({ place }) => !place.startsWith('trigger'))).toEqual([
      { place: 'edge_out [2,1,2,0]', detail: 'quantity is 7 and has to be 5.' },
    ]);
  });
});
