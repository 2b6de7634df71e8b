// Reads the administrator's form about a person: chosen places and typed ones, role, organisation, district.
import { z } from 'zod';
import { roles, voices } from '../caller.ts';
import type { Standing } from './standing.ts';

/** A place of either half, to choose from. */
export type PlaceChoice = { readonly id: string; readonly name: string | null; readonly nameEn: string | null };
export type PlacesToChoose = () => readonly PlaceChoice[];

const one = z.string().max(2_000).catch('').default('');
const many = z
  .union([
    z.array(z.string().max(200)),
    z
      .string()
      .max(200)
      .transform((text) => [text]),
  ])
  .default([]);

const form = z.object({
  name: one,
  login: one,
  password: z.string().max(1_000).catch('').default(''),
  role: z.enum(roles).catch('owner'),
  /** Chosen from the list, and typed. */
  sites: many,
  moreSites: one,
  grants: one,
  speaks: z.enum(voices).catch('places'),
  organisation: one,
  district: one,
});

export type PersonForm = Standing & {
  readonly name: string;
  readonly login: string;
  readonly password: string;
  /** As typed, to be shown again. */
  readonly typed: { readonly moreSites: string; readonly grants: string };
};

export function readPersonForm(fields: Record<string, unknown>): PersonForm {
  const { name, login, password, role, sites, moreSites, grants, speaks, organisation, district } = form.parse(fields);
  return {
    name,
    login,
    password,
    role,
    // The old form and programs send all places in one field.
    sites: [...sites.flatMap(words), ...words(moreSites)],
    grants: words(grants),
    speaks,
    organisation: organisation.trim().slice(0, 120),
    district: /^[1-9]\d{0,9}$/.test(district) ? Number(district) : null,
    typed: { moreSites, grants },
  };
}

/** Places as people write them in a row. */
function words(text: string): string[] {
  return text.split(/[\s,，、;；]+/).filter((word) => word !== '');
}
