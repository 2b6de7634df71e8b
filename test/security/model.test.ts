// The written model of who may see and say what, held against the permission table: every closed route, every role.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../server/accounts/caller.ts';
import { permissions } from '../../server/accounts/permission.ts';

const page = readFileSync(new URL('../../docs/who-may-see-what.md', import.meta.url), 'utf8');
const order: readonly Role[] = ['owner', 'partner', 'reviewer', 'inspector', 'admin', 'worker'];
const scopes = ['own', 'district', 'city', 'all', '—'];

type Row = { readonly what: string; readonly doors: readonly string[]; readonly cells: readonly string[] };

const rows: readonly Row[] = page
  .split('\n')
  .filter((line) => /^\| .* \| `/.test(line))
  .map((line) => {
    const [what = '', doors = '', ...cells] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return { what, doors: [...doors.matchAll(/`([^`]+)`/g)].map(([, door]) => door ?? ''), cells };
  });

/** A star stands for the rest of the address; the longest door names a route. */
const fits = (door: string, route: string) =>
  door.endsWith('*') ? route.startsWith(door.slice(0, -1)) : door === route;
const rowOf = (route: string): readonly Row[] => {
  const found = rows.flatMap((row) =>
    row.doors.filter((door) => fits(door, route)).map((door) => ({ row, length: door.replace('*', '').length })),
  );
  const longest = Math.max(...found.map(({ length }) => length));
  return found.filter(({ length }) => length === longest).map(({ row }) => row);
};
const closed = Object.entries(permissions).flatMap(([route, policy]) => (policy.everyone ? [] : [{ route, policy }]));

describe('the written model', () => {
  it('names every closed route in one row, and no route that is not there', () => {
    expect(rows.length).toBeGreaterThan(35);
    expect(closed.filter(({ route }) => rowOf(route).length !== 1).map(({ route }) => route)).toEqual([]);
    const idle = rows.flatMap(({ doors }) => doors.filter((door) => !closed.some(({ route }) => fits(door, route))));
    expect(idle).toEqual([]);
  });

  it('says of every role what the table says, in the words it explains', () => {
    const wrong: string[] = [];
    for (const { route, policy } of closed) {
      const [row] = rowOf(route);
      for (const [index, role] of order.entries()) {
        const cell = row?.cells[index] ?? '';
        if (!scopes.includes(cell)) wrong.push(`${row?.what}: ${role} has “${cell}”`);
        if (policy.roles.includes(role) !== (cell !== '—')) wrong.push(`${route} as ${role}: written ${cell}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('says “city” of what the table keeps from those who are bound to a district, and of nothing else', () => {
    const written = closed.filter(({ route }) => rowOf(route)[0]?.cells[order.indexOf('inspector')] === 'city');
    const kept = closed.filter(({ policy }) => policy.reach === 'city');
    expect(written.map(({ route }) => route)).toEqual(kept.map(({ route }) => route));
  });
});
