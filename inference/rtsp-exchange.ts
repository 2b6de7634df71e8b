// What one ffmpeg and one RTSP camera say to each other, put right on its way: who logs in, which links, which track.

import { hostHeader, type PinnedUrl } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import type { Login } from './digest.ts';
import { describedVideo, refusedStatus } from './rtsp-answer.ts';
import { encodeMessage, headerOf, headersOf, type RtspMessage, type RtspPart, statusOf } from './rtsp-message.ts';
import { answerOrders } from './rtsp-orders.ts';
import { newQuestions, type Question } from './rtsp-questions.ts';
import { type Channel, newChannel, type Traffic } from './rtsp-transport.ts';

export interface Taken {
  readonly forward?: Buffer;
  /** Sent back to where the part came from. */
  readonly reply?: Buffer;
}

export interface Exchange {
  toCamera(part: RtspPart): Taken;
  /** Throws CameraFault for what ends the stream. */
  toClient(part: RtspPart): Taken;
  /** What a new connection is asked, when the old one ended in a way that may be mended. */
  askAgain(): Buffer[] | undefined;
  traffic(): Traffic;
}

export interface ExchangeTarget {
  readonly pinned: PinnedUrl;
  readonly login?: Login | undefined;
  readonly now: () => number;
}

export function newExchange({ pinned, login, now }: ExchangeTarget, door: string): Exchange {
  const channel = newChannel(now);
  const questions = newQuestions(login);
  const answers = newAnswers(pinned, door, channel);
  const orders = answerOrders();
  let heard = 0;
  return {
    traffic: () => channel.traffic(),
    askAgain() {
      if (answers.settled() || heard === 0) return undefined;
      heard = 0;
      return questions.again();
    },
    toCamera(part) {
      if (Buffer.isBuffer(part)) return { forward: part };
      const [method = '', uri = ''] = part.first.split(' ');
      // Somebody else on this machine found the port: only our ffmpeg knows the way in.
      if (!uri.startsWith(door)) throw new CameraFault('protocol', 'The relay was asked for something else.');
      if (method === 'SETUP') channel.asked(part);
      const ways = answers.ways(method);
      const clientSeq = headerOf(part, 'cseq') ?? '0';
      return { forward: questions.ask({ clientSeq, message: part, method, ways, logins: 0 }) };
    },
    toClient(part) {
      if (Buffer.isBuffer(part)) return channel.take(part);
      const status = statusOf(part);
      heard++;
      if (status === undefined) return { reply: orders.answer(part) };
      const question = status < 200 ? undefined : questions.answeredBy(part);
      if (!question) return {};
      const again = status === 401 ? questions.logIn(part, question) : undefined;
      const other = again ? undefined : otherQuestion(status, question);
      if (again || other) return { reply: again ?? questions.ask(other as Question) };
      refusedStatus(part, status, question.method, questions.login());
      return { forward: encodeMessage(answers.answered(part, question, status)) };
    },
  };
}

/** A camera that does not know a link may know the same one written in another way. */
const tryElsewhere = [400, 404, 451, 454, 459, 460];

function otherQuestion(status: number, question: Question): Question | undefined {
  const { message, method, ways } = question;
  // A live camera may know no range at all.
  if (status === 457 && method === 'PLAY' && headerOf(message, 'range') !== undefined) {
    const headers = message.headers.filter(([name]) => name.toLowerCase() !== 'range');
    return { ...question, message: { ...message, headers } };
  }
  return tryElsewhere.includes(status) && ways.length > 1 ? { ...question, ways: ways.slice(1) } : undefined;
}

const ok = 'RTSP/1.0 200 OK';
const none = Buffer.alloc(0);

/** What ffmpeg is answered: nothing of the camera's own but its session, its track and its codec. */
function newAnswers(pinned: PinnedUrl, door: string, channel: Channel) {
  const request = [`rtsp://${hostHeader(pinned)}${pinned.path}`];
  const links = { track: request, session: request };
  let settled = false;
  const described = (part: RtspMessage): Buffer => {
    const found = describedVideo(part, pinned, door);
    links.track = found.track;
    links.session = found.session;
    channel.expect(found);
    return found.body;
  };
  return {
    settled: () => settled,
    ways(method: string): string[] {
      if (method === 'OPTIONS' || method === 'DESCRIBE') return request;
      return method === 'SETUP' ? links.track : links.session;
    },
    answered(part: RtspMessage, { method, clientSeq }: Question, status: number): RtspMessage {
      const seq = ['CSeq', clientSeq] as const;
      const session = headersOf(part, 'session').map((value) => ['Session', value] as const);
      if (method === 'OPTIONS') return { first: ok, headers: [seq, ['Public', publicOf(part)]], body: none };
      if (method === 'DESCRIBE') {
        const headers = [seq, ['Content-Base', `${door}/`], ['Content-Type', 'application/sdp']] as const;
        return { first: ok, headers, body: described(part) };
      }
      if (method === 'SETUP') {
        settled = true;
        return { first: ok, headers: [seq, ...session, ['Transport', channel.agreed(part)]], body: none };
      }
      return { first: status < 400 ? ok : `RTSP/1.0 ${status} Refused`, headers: [seq, ...session], body: none };
    },
  };
}

function publicOf(part: RtspMessage): string {
  const known = /\bGET_PARAMETER\b/i.test(headerOf(part, 'public') ?? '') ? ', GET_PARAMETER' : '';
  return `OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN${known}`;
}
