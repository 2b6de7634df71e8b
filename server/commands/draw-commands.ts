// Commands about random draws: each draw as a line, the record of one, and a record run again without the server.
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { recordSchema, verifyRecord } from '../oversight/draw/draw-record.ts';
import { drawById, everyDraw, recordOf } from '../oversight/draw/draw-store.ts';
import { openSecrets } from '../store/secrets.ts';
import { CommandFault, print, printJson, readGiven, withData } from './command.ts';

export function addDrawCommands(program: Command): void {
  const draw = program
    .command('draw')
    .description('random draws: all of them, or the record of one')
    .argument('[id]', 'the number of a draw whose record is printed')
    .option('--json', 'one JSON line a draw, or the whole record')
    .action((id: string | undefined, options: { json?: boolean }) => printDraws(id, options.json === true));
  draw
    .command('verify <file>')
    .description('draws the lots of a record again and compares; needs no server and no data')
    .option('--json', 'one JSON line a check')
    .action((file: string, options: { json?: boolean }) =>
      verify(file, options.json === true || draw.opts<{ json?: boolean }>().json === true),
    );
}

function printDraws(id: string | undefined, json: boolean): Promise<void> {
  return withData((db) => {
    if (id === undefined) {
      for (const { rule, beacon, drawn, ...line } of everyDraw(db)) {
        if (json) printJson({ ...line, beacon: rule.beacon, sizes: rule.sizes, drawn: drawn?.length ?? null });
        else print(`${line.id}\t${line.state}\t${drawn?.length ?? 0}/${line.targets}\t${line.title}`);
      }
      return;
    }
    const draw = /^[1-9]\d{0,9}$/.test(id) ? drawById(db, Number(id)) : undefined;
    const record = draw && recordOf(db, openSecrets(readConfig().dataDir).sealKey, draw);
    if (record === undefined) throw new CommandFault(`${id}: no such draw, or its lots are not drawn yet.`);
    printJson(record);
  });
}

async function verify(file: string, json: boolean): Promise<void> {
  const read = recordSchema.safeParse(jsonOf(file));
  if (!read.success)
    throw new CommandFault(
      `${file} is no record of a draw: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
    );
  const checks = await verifyRecord(read.data);
  for (const check of checks) {
    if (json) printJson({ ...check, ok: check.ok ?? null });
    else print(`${check.ok === undefined ? 'not checked' : check.ok ? 'holds' : 'FAILS'}\t${check.detail}`);
  }
  if (checks.some(({ ok }) => ok === false)) throw new CommandFault(`${file}: this is not how the lots were drawn.`);
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readGiven(file).toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandFault(`${file} is no JSON: ${error.message}`, { cause: error });
  }
}
