// What a camera's rules may be: zones, thresholds, and how many frames of how many it takes to raise a flag.
import { z } from 'zod';
import { type NetworkKind, readCameraUrl } from '../../../inference/address-guard.ts';
import { CameraFault } from '../../../inference/camera-fault.ts';
import { cameraKinds } from '../../../inference/types.ts';
import type { Fault } from '../../http/problem.ts';
import type { OpeningHours } from '../restaurant/hours.ts';
import { lookoutsSchema } from './lookout.ts';
import { periodSchema } from './period.ts';

export const mostCamerasPerRestaurant = 32;
const mostZones = 20;

/** Whether its pictures come from a file that was recorded some time: the clock in them is not of today. */
export function isRecording(kind: string): boolean {
  return kind === 'clip' || kind === 'picture';
}

const fraction = z.number().min(0).max(1);
const minute = z.int().min(0).max(1439);

export const zoneKinds = ['watch', 'ignore', 'private'] as const;

const zoneSchema = z.strictObject({
  name: z.string().min(1).max(40),
  nameEn: z.string().max(80).optional(),
  /** `watch`: only here; `ignore`: never here; `private`: black before anything looks at it, is kept or shown. */
  kind: z.enum(zoneKinds),
  /** A polygon, in fractions of the picture. */
  points: z
    .array(z.tuple([fraction, fraction]))
    .min(3)
    .max(40),
  /** The violations it is about; every one when left out. */
  violations: z.array(z.string().max(40)).max(40).optional(),
});

export const cameraRulesSchema = z.strictObject({
  zones: z.array(zoneSchema).max(mostZones).default([]),
  /** Violation id → the score from which it counts here. */
  thresholds: z.record(z.string().max(40), fraction).default({}),
  /** Violations switched off at this camera. */
  off: z.array(z.string().max(40)).max(40).default([]),
  /** `hits` frames of the last `of` raise a flag; the house's rule when left out. */
  frames: z
    .strictObject({ hits: z.int().min(1).max(10), of: z.int().min(1).max(10) })
    .refine(({ hits, of }) => hits <= of, { path: ['hits'], message: 'Not more hits than frames.' })
    .optional(),
  /** When violations of the working day count here, minutes after midnight; the restaurant's opening hours when left out. */
  hours: z.strictObject({ from: minute, to: minute }).optional(),
  periods: z.array(periodSchema).max(3).optional(),
  /** What is watched for over time in a zone of its own; none when left out. */
  lookouts: lookoutsSchema.optional(),
});

export type CameraRules = z.infer<typeof cameraRulesSchema>;
export type CameraZone = CameraRules['zones'][number];

export const plainRules: CameraRules = { zones: [], thresholds: {}, off: [] };

/** The hours in which violations of the working day count at a camera. */
export function watchedHours(rules: CameraRules, restaurant: OpeningHours): OpeningHours {
  if (rules.hours === undefined) return restaurant;
  return { opensAtMinute: rules.hours.from, closesAtMinute: rules.hours.to };
}

const leastSampleSeconds = 2;
export const longestSampleSeconds = 3600;

const blankAsUnset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
/** As typed: a space at its end is part of a password. */
const optionalPassword = z.preprocess((value) => (value === '' ? undefined : value), z.string().max(200).optional());
const optionalText = (longest: number) => z.preprocess(blankAsUnset, z.string().trim().max(longest).optional());

/** One schema for the form, the API and the OpenAPI document. */
export const newCameraSchema = z.object({
  siteId: z.string().min(1).max(80),
  place: z.string().trim().min(1).max(40),
  placeEn: optionalText(80),
  kind: z.enum(cameraKinds),
  url: optionalText(2000),
  user: optionalText(120),
  password: optionalPassword,
  sampleEverySeconds: z.coerce.number().int().min(leastSampleSeconds).max(longestSampleSeconds).default(30),
});

export type NewCamera = z.infer<typeof newCameraSchema>;

export const cameraChangeSchema = newCameraSchema.omit({ siteId: true, kind: true });
export type CameraChange = z.infer<typeof cameraChangeSchema>;

const schemesByKind: Partial<Record<NewCamera['kind'], readonly string[]>> = {
  rtsp: ['rtsp:'],
  hls: ['http:', 'https:'],
  mjpeg: ['http:', 'https:'],
  snapshot: ['http:', 'https:'],
};

/** What the schema cannot say by itself: the address fits the kind, and holds no password. */
export function addressFaults(camera: Pick<NewCamera, 'kind' | 'url'>): Fault[] {
  const schemes = schemesByKind[camera.kind];
  if (schemes === undefined) return [];
  const example = camera.kind === 'rtsp' ? 'rtsp://192.0.2.14/stream1' : 'https://192.0.2.14/stream';
  if (camera.url === undefined)
    return [{ place: 'url', code: 'missing', detail: `Give the camera's address, such as ${example}.` }];
  if (!URL.canParse(camera.url))
    return [{ place: 'url', code: 'bad_url', detail: `Start with ${schemes[0]}//, such as ${example}.` }];
  const url = new URL(camera.url);
  const faults: Fault[] = [];
  if (!schemes.includes(url.protocol)) {
    faults.push({
      place: 'url',
      code: 'bad_scheme',
      detail: `A camera of this kind starts with ${schemes.join(' or ')}//, such as ${example}.`,
    });
  }
  if (url.username !== '' || url.password !== '') {
    faults.push({
      place: 'url',
      code: 'password_in_url',
      detail: 'Put the user and the password into their own fields, not into the address.',
    });
  }
  return faults.length > 0 ? faults : guardFaults(camera.kind as NetworkKind, camera.url);
}

/** The same of what was typed, before anything else about it is known to be right. */
export function typedAddressFaults(typed: unknown): Fault[] {
  const address = z.object({ kind: newCameraSchema.shape.kind, url: newCameraSchema.shape.url }).safeParse(typed);
  return address.success ? addressFaults(address.data) : [];
}

/** What the guard at the camera's door would refuse, told now. */
function guardFaults(kind: NetworkKind, url: string): Fault[] {
  try {
    readCameraUrl(kind, url);
    return [];
  } catch (error) {
    if (error instanceof CameraFault) return [{ place: 'url', code: 'bad_url', detail: error.message }];
    throw error;
  }
}
