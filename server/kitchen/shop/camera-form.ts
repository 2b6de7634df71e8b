// Reads the form of a new camera: an address that was pasted, or a maker with host, channel and stream.
import { z } from 'zod';
import { check } from '../../http/input.ts';
import { type NewCamera, newCameraSchema, typedAddressFaults } from '../camera/camera.ts';
import { type MakerPick, makerAddress, makerNames, pickFaults, streamChoices } from '../camera/maker.ts';

const text = z.string().default('');
const pickSchema = z.object({
  maker: z.enum(makerNames).optional().catch(undefined),
  host: text.transform((value) => value.trim()),
  channel: z.coerce.number().catch(Number.NaN),
  stream: z.enum(streamChoices).catch('main'),
  user: text,
  password: text,
});

/** Throws Problem with every fault. */
export function readCameraForm(form: Readonly<Record<string, unknown>>): NewCamera {
  const pick = pickOf(form);
  if (pick === undefined) return check(newCameraSchema, form, typedAddressFaults);
  const faults = pickFaults(pick);
  const url = faults.length === 0 ? makerAddress(pick) : undefined;
  return check(newCameraSchema, { ...form, kind: 'rtsp', url }, (typed) =>
    url === undefined ? faults : typedAddressFaults(typed),
  );
}

/** What was picked of a maker; undefined when an address was given or nothing was picked. */
export function pickOf(form: Readonly<Record<string, unknown>>): MakerPick | undefined {
  const { maker, ...rest } = pickSchema.parse(form);
  const pasted = typeof form['url'] === 'string' && form['url'].trim() !== '';
  return maker === undefined || (pasted && rest.host === '') ? undefined : { maker, ...rest };
}
