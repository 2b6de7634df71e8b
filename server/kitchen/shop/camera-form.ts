// Reads the form of a new camera: an address that was pasted, or a maker (or ONVIF) with host, channel and stream.
import { z } from 'zod';
import { check } from '../../http/input.ts';
import { type NewCamera, newCameraSchema, typedAddressFaults } from '../camera/camera.ts';
import {
  type MakerName,
  type MakerPick,
  makerAddress,
  makerNames,
  pickFaults,
  streamChoices,
} from '../camera/maker.ts';

const text = z.string().default('');
const pickSchema = z.object({
  maker: z
    .enum([...makerNames, 'onvif'])
    .optional()
    .catch(undefined),
  host: text.transform((value) => value.trim()),
  channel: z.coerce.number().catch(Number.NaN),
  stream: z.enum(streamChoices).catch('main'),
  user: text,
  password: text,
});

type Pick = Omit<MakerPick, 'maker'> & { readonly maker: MakerName | 'onvif' };
/** Asks the camera itself where its streams are. */
type AskAddress = (pick: Pick) => Promise<string>;

/** Throws Problem with every fault. */
export async function readCameraForm(form: Readonly<Record<string, unknown>>, ask: AskAddress): Promise<NewCamera> {
  const pick = pickOf(form);
  if (pick === undefined) return check(newCameraSchema, form, typedAddressFaults);
  const faults = pickFaults(pick);
  const given = { ...form, kind: 'rtsp', url: undefined };
  // What is wrong with the rest is told before anybody waits for a camera.
  const read = check(newCameraSchema, given, () => faults);
  const url = isOfMaker(pick) ? makerAddress(pick) : await ask(pick);
  return check(newCameraSchema, { ...given, ...read, url }, typedAddressFaults);
}

function isOfMaker(pick: Pick): pick is MakerPick {
  return pick.maker !== 'onvif';
}

/** What was picked of a maker; undefined when an address was given or nothing was picked. */
function pickOf(form: Readonly<Record<string, unknown>>): Pick | undefined {
  const { maker, ...rest } = pickSchema.parse(form);
  const pasted = typeof form['url'] === 'string' && form['url'].trim() !== '';
  return maker === undefined || (pasted && rest.host === '') ? undefined : { maker, ...rest };
}
