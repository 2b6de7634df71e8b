// Asks an ONVIF camera who it is, what time it has and where its streams are; nothing it says leads to another host.

import { type CameraUrl, type Guard, readCameraUrl } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import type { Login } from './digest.ts';
import { askSoap, escapeXml, fieldOf, listOf, type SoapTarget } from './soap.ts';

export interface OnvifTarget {
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly guard: Guard;
  readonly login?: Login;
  readonly now: () => number;
}

export interface OnvifStream {
  /** At the host that was asked, without a login in it. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly codec: string;
}

export interface OnvifCamera {
  readonly maker: string;
  readonly model: string;
  readonly clockOffsetMs: number | undefined;
  /** The largest picture first. */
  readonly streams: readonly OnvifStream[];
}

const askMs = 15_000;
/** A recorder has a profile for each channel and stream. */
const mostProfiles = 8;
const longestName = 80;
const device = 'http://www.onvif.org/ver10/device/wsdl';
const media = 'http://www.onvif.org/ver10/media/wsdl';
const schema = 'http://www.onvif.org/ver10/schema';

/** Throws CameraFault. */
export async function askOnvif(target: OnvifTarget): Promise<OnvifCamera> {
  const { host, port, guard, login, now, path = '/onvif/device_service' } = target;
  const url: CameraUrl = { scheme: 'http', host, port, path };
  const signal = AbortSignal.timeout(askMs);
  const bare: SoapTarget = { url, guard, signal, now };
  const clockOffsetMs = await clockOf(bare);
  const known = { ...bare, ...(login ? { login } : {}), ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }) };
  const about = fieldOf(
    await askSoap(known, `<GetDeviceInformation xmlns="${device}"/>`),
    'GetDeviceInformationResponse',
  );
  const at = { ...known, url: { ...url, path: await mediaPath(known, path) } };
  const profiles = fieldOf(await askSoap(at, `<GetProfiles xmlns="${media}"/>`), 'GetProfilesResponse', 'Profiles');
  const streams: OnvifStream[] = [];
  for (const profile of listOf(profiles).slice(0, mostProfiles)) {
    const stream = await streamOf(at, profile);
    if (stream) streams.push(stream);
  }
  if (streams.length === 0) throw new CameraFault('protocol', 'The camera names no stream over ONVIF.');
  return {
    maker: textOf(fieldOf(about, 'Manufacturer')),
    model: textOf(fieldOf(about, 'Model')),
    clockOffsetMs,
    streams: streams.sort((a, b) => b.width - a.width),
  };
}

/** Asked without a login: a login has to have the camera's time in it. A camera that does not say it has ours. */
async function clockOf(target: SoapTarget): Promise<number | undefined> {
  try {
    const said = await askSoap(target, `<GetSystemDateAndTime xmlns="${device}"/>`);
    const utc = fieldOf(said, 'GetSystemDateAndTimeResponse', 'SystemDateAndTime', 'UTCDateTime');
    const [year = 0, month = 0, day] = ['Year', 'Month', 'Day'].map((name) => Number(fieldOf(utc, 'Date', name)));
    const [hour, minute, second] = ['Hour', 'Minute', 'Second'].map((name) => Number(fieldOf(utc, 'Time', name)));
    const at = Date.UTC(year, month - 1, day, hour, minute, second);
    return Number.isNaN(at) ? undefined : at - target.now();
  } catch (cause) {
    if (cause instanceof CameraFault && ['unauthorised', 'challenge', 'protocol'].includes(cause.code))
      return undefined;
    throw cause;
  }
}

/** Only the path: whatever host the camera believes it has, this is the one that was allowed. */
async function mediaPath(target: SoapTarget, usual: string): Promise<string> {
  const answer = await askSoap(
    target,
    `<GetCapabilities xmlns="${device}"><Category>Media</Category></GetCapabilities>`,
  );
  const address = textOf(fieldOf(answer, 'GetCapabilitiesResponse', 'Capabilities', 'Media', 'XAddr'), 500);
  return URL.canParse(address) ? pathOf(new URL(address)) : usual;
}

async function streamOf(target: SoapTarget, profile: unknown): Promise<OnvifStream | undefined> {
  const coding = fieldOf(profile, 'VideoEncoderConfiguration');
  const setup = `<StreamSetup><Stream xmlns="${schema}">RTP-Unicast</Stream><Transport xmlns="${schema}"><Protocol>RTSP</Protocol></Transport></StreamSetup>`;
  const token = `<ProfileToken>${escapeXml(textOf(fieldOf(profile, '@_token')))}</ProfileToken>`;
  const answer = await askSoap(target, `<GetStreamUri xmlns="${media}">${setup}${token}</GetStreamUri>`);
  const said = textOf(fieldOf(answer, 'GetStreamUriResponse', 'MediaUri', 'Uri'), 2000).replaceAll('&amp;', '&');
  // As http its host and port are read in all their spellings.
  const readable = said.replace(/^rtsp:/i, 'http:');
  if (!/^rtsp:/i.test(said) || !URL.canParse(readable)) return undefined;
  const found = new URL(readable);
  const { host } = target.url;
  const port = found.port === '' || found.port === '554' ? '' : `:${found.port}`;
  const url = `rtsp://${host.includes(':') ? `[${host}]` : host}${port}${pathOf(found)}`;
  readCameraUrl('rtsp', url);
  const size = (name: string): number => Number(fieldOf(coding, 'Resolution', name)) || 0;
  return { url, width: size('Width'), height: size('Height'), codec: textOf(fieldOf(coding, 'Encoding')) };
}

function pathOf({ pathname, search }: URL): string {
  return `${pathname}${search}`;
}

function textOf(value: unknown, longest = longestName): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, longest) : '';
}
