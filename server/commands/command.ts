// What every command shares: how it prints, how it refuses, how it opens the data.
import { existsSync, readFileSync } from 'node:fs';
import { type Config, readConfig } from '../config.ts';
import { Problem } from '../http/problem.ts';
import { databasePath, openKept } from '../open-deps.ts';
import type { Db } from '../store/db.ts';

/** A refusal that the command line states in one line, with exit status 1. */
export class CommandFault extends Error {
  override readonly name = 'CommandFault';
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One JSON value a line: what another program reads. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

export function requireDatabase(config: Config): string {
  const path = databasePath(config);
  if (!existsSync(path))
    throw new CommandFault(`There is no data in ${config.dataDir} yet: run npm start first, or set DATA_DIR.`);
  return path;
}

/** Opens the data, hands it over, and closes it whatever happens. */
export async function withData(work: (db: Db, config: Config) => void | Promise<void>): Promise<void> {
  const config = readConfig();
  const db = openKept(requireDatabase(config));
  try {
    await work(db, config);
  } finally {
    db.sqlite.close();
  }
}

/** The bytes of a file a command was given, or a refusal naming it. */
export function readGiven(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CommandFault(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`, {
      cause: error,
    });
  }
}

/** What a room refuses, as the command line says it: every fault on a line of its own. */
export function refused<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.faults.map(({ place, detail }) => `${file}, ${place}: ${detail}`);
    throw new CommandFault(faults.length > 0 ? faults.join('\n') : `${file}: ${error.message}`, { cause: error });
  }
}
