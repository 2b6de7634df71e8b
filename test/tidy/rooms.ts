// The rooms of the halves as each room.json says: what it is for, which rooms it may import, what others may import of it.
import { sources } from './sources.ts';

export type Room = {
  /** `trace/code`. */
  readonly name: string;
  readonly half: string;
  /** One sentence: what the room is for. */
  readonly is: string;
  /** Rooms of the same half. */
  readonly mayImport: readonly string[];
  /** Files that others may import; its tables are open to those that may import it, its routes to routes.tsx alone. */
  readonly door: readonly string[];
  readonly files: readonly string[];
};

/** `trace/code` of `server/trace/code/gs1.ts`; undefined outside the rooms of a half. */
export function roomOf(path: string): string | undefined {
  return /^server\/((?:trace|kitchen|oversight)\/[a-z0-9-]+)\/[^/]+$/.exec(path)?.[1];
}

export function rooms(): Room[] {
  const files = sources(/^server\/(trace|kitchen|oversight)\/[a-z0-9-]+\/[^/]+\.(tsx?|json)$/);
  const names = [...new Set(files.map(({ path }) => roomOf(path) ?? ''))];
  return names.map((name) => {
    const inside = files.filter(({ path }) => roomOf(path) === name);
    const said = inside.find(({ path }) => path.endsWith('/room.json'));
    const { is = '', mayImport = [], door = [] } = said === undefined ? {} : (JSON.parse(said.text) as Partial<Room>);
    const code = inside.filter(({ path }) => !path.endsWith('.json')).map(({ path }) => path);
    return { name, half: name.split('/')[0] ?? '', is, mayImport, door, files: code };
  });
}
