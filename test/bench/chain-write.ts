// npm run bench:write -- FOLDER — the generated chain as EPCIS documents, and the questions with their right answers, for any other repository.
// Options: --events 0.1 (millions), --wide 2000 (holdings of the recall).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { traceLot } from '../../server/trace/chain/chain-store.ts';
import { recallScopeOf } from '../../server/trace/scope/recall-scope-store.ts';
import { documentOf } from '../support/cast.ts';
import { dishCode, eventsPerUnit, type Json, unitEvents, wideRecall } from './chain-generator.ts';
import { type BenchHouse, dishOf, lotIdOf, openBenchHouse, sampleUnits } from './chain-house.ts';

const perDocument = 1_000;
const askedDishes = 1_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '0.1' }, wide: { type: 'string', default: '2000' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Say where to: npm run bench:write -- FOLDER');
mkdirSync(folder, { recursive: true });

const events = Number(values.events) * 1e6;
const documents = writeDocuments(folder, events, Number(values.wide));
const questions = await answered(events, Number(values.wide));
writeFileSync(join(folder, 'questions.json'), `${JSON.stringify(questions, null, 2)}\n`);
process.stdout.write(`${documents} documents and questions.json in ${folder}\n`);

/** `chain-00001.json` and so on, in the order in which the bench posts them: the wide recall first. */
function writeDocuments(into: string, size: number, wide: number): number {
  let written = 0;
  let list: Json[] = [];
  const close = () => {
    if (list.length === 0) return;
    written += 1;
    writeFileSync(join(into, `chain-${String(written).padStart(5, '0')}.json`), documentOf(list));
    list = [];
  };
  for (const event of everyEvent(size, wide)) {
    list.push(event);
    if (list.length === perDocument) close();
  }
  close();
  return written;
}

function* everyEvent(size: number, wide: number): Generator<Json> {
  yield* wideRecall(`WIDE-${wide}`, wide);
  for (let unit = 0; unit < Math.round(size / eventsPerUnit); unit++) yield* unitEvents(unit);
}

/** The questions of the bench with what this product answers, so that another's answers can be held against them. */
async function answered(size: number, wide: number) {
  const place = mkdtempSync(join(tmpdir(), 'bk-bench-write-'));
  const house = openBenchHouse(place);
  try {
    const recalled = await house.addRecall(wide);
    await house.fill(size);
    return {
      traceBack: sampleUnits(house, askedDishes).map((unit) => traceOf(house, unit)),
      recall: [{ code: recalled, holdings: recallScopeOf(house.db, lotIdOf(house, recalled)).rows.length }],
    };
  } finally {
    house.db.sqlite.close();
    rmSync(place, { recursive: true });
  }
}

function traceOf(house: BenchHouse, unit: number) {
  const { holdings } = traceLot(house.db, { lotId: dishOf(house, unit), direction: 'backward' });
  return { code: dishCode(unit, unit % 2 === 0 ? 0 : 1), holdings: holdings.length };
}
