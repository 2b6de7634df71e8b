// Reads the form of a small shop: every fault at once, each under the key of the words that say it.
import { type Fault, Problem } from '../../http/problem.ts';
import { type ShopKind, shopKinds } from './shop.ts';

export type ShopForm = {
  readonly key: string;
  readonly door: number | null;
  readonly name: string;
  readonly licence: string;
  readonly licenceUntil: string;
  readonly address: string;
  readonly sells: readonly ShopKind[];
  readonly camera: 'yes' | 'none';
  readonly position: { readonly lat: number; readonly lon: number } | null;
  readonly licencePhoto: File | undefined;
  readonly frontPhoto: File | undefined;
};

type Fields = Readonly<Record<string, unknown>>;

/** Throws Problem `invalid_input`. A licence that does not fit is no fault here: such a shop waits for a person. */
export function readShopForm(fields: Fields): ShopForm {
  const faults: Fault[] = [];
  const fault = (place: string, code: string, detail: string) => faults.push({ place: `/${place}`, code, detail });
  const [name, address, key] = [textOf(fields['name']), textOf(fields['address']), textOf(fields['key'])];
  const licence = textOf(fields['licence']).replaceAll(/\s/g, '').toUpperCase();
  const licenceUntil = textOf(fields['licenceUntil']);
  if (name.length < 2 || name.length > 60) fault('name', 'name', 'The name at the front, 2 to 60 characters.');
  if (address.length < 2 || address.length > 120) fault('address', 'address', 'The address, 2 to 120 characters.');
  if (licence.length > 40) fault('licence', 'licence', 'A licence number has at most 40 characters.');
  if (licenceUntil !== '' && Number.isNaN(Date.parse(`${licenceUntil}T00:00:00Z`)))
    fault('licenceUntil', 'day', 'A day such as 2027-05-31.');
  if (key.length < 8 || key.length > 100) fault('key', 'key', 'Open the form again.');
  if (fields['camera'] !== 'yes' && fields['camera'] !== 'none')
    fault('camera', 'camera', 'Say whether there is a camera.');
  const position = positionOf(fields);
  if (position === undefined) fault('lat', 'position', 'Latitude from -90 to 90, longitude from -180 to 180.');
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const sells = [fields['sells']].flat();
  const door = textOf(fields['door']);
  return {
    key,
    door: /^[1-9]\d{0,9}$/.test(door) ? Number(door) : null,
    name,
    licence,
    licenceUntil,
    address,
    sells: shopKinds.filter((kind) => sells.includes(kind)),
    camera: fields['camera'] === 'yes' ? 'yes' : 'none',
    position: position ?? null,
    licencePhoto: fileOf(fields['licencePhoto']),
    frontPhoto: fileOf(fields['frontPhoto']),
  };
}

/** Null: none was given; undefined: what was given is none. */
function positionOf(fields: Fields): ShopForm['position'] | undefined {
  const [lat, lon] = [textOf(fields['lat']), textOf(fields['lon'])];
  if (lat === '' && lon === '') return null;
  const at = { lat: Number(lat || Number.NaN), lon: Number(lon || Number.NaN) };
  return Math.abs(at.lat) <= 90 && Math.abs(at.lon) <= 180 ? at : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function fileOf(value: unknown): File | undefined {
  return value instanceof File && value.size > 0 ? value : undefined;
}
