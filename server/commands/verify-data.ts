// `cli verify`: goes through the data of this machine, quickly or by building everything again, and says whole or what was changed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOwnBucket } from '../bucket/open-moving.ts';
import { type Config, readConfig } from '../config.ts';
import { evidenceChecks } from '../evidence.ts';
import { originOf } from '../ledger/checkpoint.ts';
import { type Heard, hearWitnesses } from '../ledger/hear-witnesses.ts';
import { type LedgerReport, verifyLedger } from '../ledger/verify.ts';
import type { Witnessed } from '../ledger/witnessed.ts';
import { everyTable } from '../proof/every-table.ts';
import { verifyWhole, type WholeReport } from '../proof/verify-whole.ts';
import { openReadOnly } from '../store/db.ts';
import { openSecrets } from '../store/secrets.ts';
import { openDocumentReader } from '../trace/capture/read-aside.ts';
import { print, printJson, requireDatabase } from './command.ts';
import { showProgress } from './show-progress.ts';

export type VerifyOptions = {
  readonly json?: boolean;
  /** The ledger by itself, and what its entries name. */
  readonly quick?: boolean;
  /** Where the scratch database is built; the system's folder for such things when left out. */
  readonly scratch?: string;
};

/** Sets exit status 1 when anything is false. */
export async function verifyData(options: VerifyOptions): Promise<void> {
  const config = readConfig();
  requireDatabase(config);
  const origin = originOf(openSecrets(config.dataDir).ledgerPublicKey);
  // Heard first: what is read after that cannot be shorter than what they signed.
  const heard = await hearWitnesses(config.witnesses, origin);
  const report = options.quick === true ? quickly(config, heard) : await wholly(config, heard, options.scratch);
  const whole = report.faults.length === 0;
  if (options.json === true) printJson({ whole, ...report, unproved: unproved() });
  else if (whole) for (const line of wholeLines(report)) print(line);
  else for (const { place, detail } of report.faults) print(`${place}: ${detail}`);
  if (!whole) process.exitCode = 1;
}

function quickly(config: Config, heard: readonly Heard[]): LedgerReport {
  const db = openReadOnly(requireDatabase(config));
  try {
    const publicKey = openSecrets(config.dataDir).ledgerPublicKey;
    return verifyLedger({ db, publicKey, checks: evidenceChecks(db, config.dataDir), heard });
  } finally {
    db.sqlite.close();
  }
}

async function wholly(config: Config, heard: readonly Heard[], scratch: string | undefined): Promise<WholeReport> {
  const live = openReadOnly(requireDatabase(config));
  const scratchAt = mkdtempSync(join(scratch ?? tmpdir(), 'bright-kitchen-verify-'));
  const progress = showProgress(process.stderr);
  const secrets = openSecrets(config.dataDir);
  const store = config.bucket && openOwnBucket({ config, secrets }, config.bucket);
  try {
    return await verifyWhole({
      live,
      publicKey: secrets.ledgerPublicKey,
      checks: evidenceChecks(live, config.dataDir),
      heard,
      readMoved: store && ((hash) => store.bucket.get(store.nameOf(hash))),
      blobsAt: join(config.dataDir, 'blobs'),
      scratchAt,
      read: openDocumentReader(),
      progress,
    });
  } finally {
    await store?.bucket.close();
    live.sqlite.close();
    rmSync(scratchAt, { recursive: true, force: true });
  }
}

/** What nobody vouches for, and why: whoever trusts the check has to know. */
function unproved(): { readonly table: string; readonly columns?: readonly string[]; readonly why: string }[] {
  return everyTable.flatMap(({ table, by, why = '', left, only }) => [
    ...(by === 'nobody' ? [{ table, why }] : []),
    ...(only === undefined ? [] : [{ table, why: only.why }]),
    ...Object.entries(left).map(([column, reason]) => ({ table, columns: [column], why: reason })),
  ]);
}

function wholeLines(report: LedgerReport | WholeReport): string[] {
  const { size, checkpoints, root, witnessed } = report;
  const first = `Whole: ${size} entries, ${checkpoints} checkpoints, root ${root}`;
  if (!('tables' in report))
    return [
      first,
      ...witnessLines(witnessed),
      'The ledger and what it names; verify without --quick builds everything again.',
    ];
  const { tables, files, moved, rowsFrom, graphFrom } = report;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const open = tables.reduce((sum, table) => sum + table.open, 0);
  return [
    first,
    ...witnessLines(witnessed),
    `Built again and compared: ${rows} rows of ${tables.length} tables; ${files.files} files are those of their names.`,
    ...(moved === 0 ? [] : [`${moved} pictures in the store were read and are those of their names.`]),
    ...(open === 0 ? [] : [`${open} rows are too young to be vouched for, as the list of tables says.`]),
    ...(files.unnamed === 0 ? [] : [`${files.unnamed} files that no row names: writes that were cut short.`]),
    ...floorLines(rowsFrom, graphFrom),
    `Nobody vouches for ${everyTable.filter(({ by }) => by === 'nobody').length} tables; --json names each with its reason.`,
  ];
}

function witnessLines(witnessed: readonly Witnessed[]): string[] {
  if (witnessed.length === 0)
    return [
      'Nobody else signed it: with WITNESSES set, an administrator alone cannot rewrite it (docs/operations.md).',
    ];
  return witnessed.map(({ name, size, at, heard }) => {
    const signed =
      size === null || at === null
        ? 'has signed nothing of this ledger'
        : `signed the first ${size} entries at ${new Date(at).toISOString()}`;
    return `Witness ${name} ${signed}${heard ? '.' : ', as it is kept here: it does not answer now.'}`;
  });
}

function floorLines(rowsFrom: number | null, graphFrom: number | null): string[] {
  const line = (what: string, from: number | null) =>
    from === null
      ? [`Not provable yet: ${what}. Start this version of the program once: it then writes down how things stand.`]
      : from <= 1
        ? []
        : [`Not provable before entry ${from}: ${what}. From there on everything is.`];
  return [...line('what became of single rows', rowsFrom), ...line('the graph', graphFrom)];
}
