// The rooms inside the halves: each says what it is for, arrows between them run one way, and nobody climbs in by the window.
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn, importsOf } from './imports.ts';
import { type Room, roomOf, rooms } from './rooms.ts';
import { sources } from './sources.ts';

const mostFiles = 26;
const all = rooms();
const byName = new Map(all.map((room) => [room.name, room]));
const product = sources(/^(server|inference|views)\/.*\.tsx?$/);
const imports = product.flatMap(importsOf);

describe('a room', () => {
  it('says in its room.json what it is for, in one sentence', () => {
    expect(all.filter(({ is }) => !/^[A-Z].{15,199}\.$/.test(is)).map(({ name }) => name)).toEqual([]);
  });

  it('has at most about 25 files', () => {
    expect(all.filter(({ files }) => files.length > mostFiles).map(({ name, files }) => [name, files.length])).toEqual(
      [],
    );
  });

  it('is the only place of files in a half, but for the routes and operations and jobs put together at its top', () => {
    const loose = sources(/^server\/(trace|kitchen|oversight)\/[^/]+$/).map(({ path }) => basename(path));
    expect(loose.filter((name) => !['routes.tsx', 'operations.ts', 'work.ts'].includes(name))).toEqual([]);
  });

  it('imports only rooms of its half that its room.json names', () => {
    const arrows = imports.flatMap(({ from, to }) => {
      const [here, there] = [roomIn(from), roomIn(to)];
      if (here === undefined || there === undefined || here === there || here.half !== there.half) return [];
      if (here.mayImport.includes(roomName(there))) return [];
      return `${from} → ${to}: ${here.name} may import ${here.mayImport.join(', ') || 'no room'}, for it is this: ${here.is}`;
    });
    expect(arrows).toEqual([]);
  });

  it('names no room that it does not import', () => {
    const idle = all.flatMap((room) =>
      room.mayImport
        .filter(
          (name) =>
            !imports.some(({ from, to }) => roomOf(from) === room.name && roomOf(to) === `${room.half}/${name}`),
        )
        .map((name) => `${room.name} → ${name}`),
    );
    expect(idle).toEqual([]);
  });

  it('leads in no circle back to itself', () => {
    const graph = new Map(all.map(({ name, half, mayImport }) => [name, mayImport.map((each) => `${half}/${each}`)]));
    expect(circlesIn(graph)).toEqual([]);
  });

  it('is entered by its door alone', () => {
    const windows = imports.flatMap(({ from, to }) => {
      const there = roomIn(to);
      if (there === undefined || roomOf(from) === there.name || isOpen(to, from, there)) return [];
      return `${from} → ${to}: the door of ${there.name} is ${there.door.join(', ') || 'shut'}`;
    });
    expect(windows).toEqual([]);
  });

  it('has nothing in its door that nobody comes for', () => {
    const idle = all.flatMap(({ name, door }) =>
      door
        .filter((file) => !imports.some(({ from, to }) => to === `server/${name}/${file}` && roomOf(from) !== name))
        .map((file) => `${name}/${file}`),
    );
    expect(idle).toEqual([]);
  });
});

describe('files', () => {
  it('import one another in no circle', () => {
    const graph = new Map<string, string[]>(product.map(({ path }) => [path, []]));
    for (const { from, to } of imports) graph.get(from)?.push(to);
    expect(circlesIn(graph)).toEqual([]);
  });
});

function roomIn(path: string): Room | undefined {
  return byName.get(roomOf(path) ?? '');
}

function roomName({ name, half }: Room): string {
  return name.slice(half.length + 1);
}

function isOpen(to: string, from: string, { door, half }: Room): boolean {
  if (/-routes\.tsx?$/.test(to)) return from === `server/${half}/routes.tsx`;
  return to.endsWith('tables.ts') || door.includes(basename(to));
}
