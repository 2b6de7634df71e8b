// A small ONVIF camera: answers WS-Discovery over UDP and SOAP over HTTP, with a clock and a login of its own.
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OnvifHabits {
  readonly login?: { readonly user: string; readonly password: string };
  readonly clockAheadMs?: number;
  /** The host it believes it has, in every link it gives. */
  readonly host?: string;
  /** What it answers instead, by the name of the call. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Stream links, the main one first. */
  readonly links?: readonly string[];
}

export interface OnvifServer {
  readonly port: number;
  readonly discoveryPort: number;
  /** Calls as they were asked. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

export async function startOnvifCamera(habits: OnvifHabits = {}): Promise<OnvifServer> {
  const calls: string[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const asked = Buffer.concat(parts).toString('utf8');
      const call = /<s:Body>\s*<(\w+)/.exec(asked)?.[1] ?? '';
      calls.push(`${request.method} ${request.url} ${call}`);
      const open = call === 'GetSystemDateAndTime' || isLoggedIn(asked, habits);
      response.writeHead(open ? 200 : 400, { 'content-type': 'application/soap+xml' });
      response.end(habits.instead?.[call] ?? envelope(open ? answerOf(call, asked, habits) : refusal));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    if (!message.includes('NetworkVideoTransmitter')) return;
    calls.push('Probe');
    socket.send(habits.instead?.['Probe'] ?? envelope(matchOf(habits, port)), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port,
    discoveryPort: socket.address().port,
    calls,
    close: async () => {
      socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const refusal =
  '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code></s:Fault>';

function envelope(body: string): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body>${body}</s:Body></s:Envelope>`;
}

/** As cameras do that guard against replays: the login is of this minute by the camera's own clock. */
function isLoggedIn(asked: string, { login, clockAheadMs = 0 }: OnvifHabits): boolean {
  if (login === undefined) return true;
  const field = (name: string): string => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(asked)?.[1] ?? '';
  const created = field('Created');
  if (Math.abs(Date.parse(created) - Date.now() - clockAheadMs) > 5_000) return false;
  const nonce = Buffer.from(field('Nonce'), 'base64');
  const wanted = createHash('sha1').update(nonce).update(created).update(login.password).digest('base64');
  return (
    field('Username').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))) === login.user &&
    field('Password') === wanted
  );
}

function answerOf(call: string, asked: string, habits: OnvifHabits): string {
  const { host = '10.9.9.9', links = ['/Streaming/Channels/101?transportmode=unicast', '/Streaming/Channels/102'] } =
    habits;
  if (call === 'GetSystemDateAndTime') {
    const now = new Date(Date.now() + (habits.clockAheadMs ?? 0));
    const time = `<tt:Time><tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute><tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time>`;
    const date = `<tt:Date><tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day></tt:Date>`;
    return `<GetSystemDateAndTimeResponse><SystemDateAndTime><tt:UTCDateTime>${time}${date}</tt:UTCDateTime></SystemDateAndTime></GetSystemDateAndTimeResponse>`;
  }
  if (call === 'GetDeviceInformation')
    return '<GetDeviceInformationResponse><Manufacturer>Lantian</Manufacturer><Model>LT-2</Model></GetDeviceInformationResponse>';
  if (call === 'GetCapabilities')
    return `<GetCapabilitiesResponse><Capabilities><tt:Media><tt:XAddr>http://${host}/onvif/Media</tt:XAddr></tt:Media></Capabilities></GetCapabilitiesResponse>`;
  if (call === 'GetProfiles') {
    const coding = (width: number): string =>
      `<tt:VideoEncoderConfiguration><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${(width * 9) / 16}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration>`;
    const profiles = links.map((_, at) => `<Profiles token="p${at}">${coding(1920 >> at)}</Profiles>`).reverse();
    return `<GetProfilesResponse>${profiles.join('')}</GetProfilesResponse>`;
  }
  const link = links[Number(/<ProfileToken>p(\d)/.exec(asked)?.[1])] ?? '';
  const uri = link.startsWith('/') ? `rtsp://${host}:554${link}` : link;
  return `<GetStreamUriResponse><MediaUri><tt:Uri>${uri.replaceAll('&', '&amp;')}</tt:Uri></MediaUri></GetStreamUriResponse>`;
}

function matchOf({ host = '10.9.9.9' }: OnvifHabits, port: number): string {
  const scopes = 'onvif://www.onvif.org/name/Prep%20area onvif://www.onvif.org/hardware/LT-2';
  return `<d:ProbeMatches><d:ProbeMatch><d:Scopes>${scopes}</d:Scopes><d:XAddrs>http://${host}:${port}/onvif/device_service</d:XAddrs></d:ProbeMatch></d:ProbeMatches>`;
}
