// The questions a camera was asked and has not answered: under which number, at which address, with which login.

import { randomBytes } from 'node:crypto';
import { CameraFault } from './camera-fault.ts';
import { type Authorize, answerChallenge, type Login, nextLogin } from './digest.ts';
import { encodeMessage, headerOf, headersOf, type RtspMessage } from './rtsp-message.ts';

const mostUnanswered = 64;

export interface Question {
  readonly clientSeq: string;
  readonly message: RtspMessage;
  readonly method: string;
  /** Addresses under which it may be asked; the first is the one that was. */
  readonly ways: readonly string[];
  /** How often it was asked with a login. */
  readonly logins: number;
}

export interface Questions {
  /** The bytes that ask it, under a number of our own, because a question may be asked several times. */
  ask(question: Question): Buffer;
  answeredBy(part: RtspMessage): Question | undefined;
  /** The same question with the login its answer asks for; undefined when there is none, or it was refused. */
  logIn(part: RtspMessage, question: Question): Buffer | undefined;
  /** All that is open, asked of a new connection. */
  again(): Buffer[];
  login(): Login | undefined;
}

export function newQuestions(given: Login | undefined): Questions {
  let asked: { readonly seq: number; readonly question: Question }[] = [];
  let login = given;
  let authorize: Authorize | undefined;
  let sequence = 0;
  const ask = (question: Question): Buffer => {
    const { method, message, ways } = question;
    const [uri = ''] = ways;
    const seq = ++sequence;
    if (asked.length >= mostUnanswered) throw new CameraFault('protocol', 'The camera leaves questions unanswered.');
    asked.push({ seq, question });
    const headers = message.headers.filter(([name]) => !['cseq', 'authorization'].includes(name.toLowerCase()));
    const proof = authorize ? [['Authorization', authorize(method, uri)] as const] : [];
    const first = `${method} ${uri} RTSP/1.0`;
    return encodeMessage({ first, headers: [['CSeq', String(seq)], ...headers, ...proof], body: message.body });
  };
  return {
    ask,
    login: () => login,
    /** Cameras answer in order; some count differently, and some do not count at all. */
    answeredBy(part) {
      const seq = Number.parseInt(headerOf(part, 'cseq') ?? '', 10);
      const found = asked.find((each) => each.seq === seq) ?? asked[0];
      asked = asked.filter((each) => each !== found);
      return found?.question;
    },
    logIn(part, question) {
      const challenges = headersOf(part, 'www-authenticate');
      const next = login && nextLogin(challenges, login, question.logins);
      const answer = next && answerChallenge(challenges, next, randomBytes(8).toString('hex'));
      if (!answer) return undefined;
      [login, authorize] = [next, answer];
      return ask({ ...question, logins: question.logins + 1 });
    },
    again() {
      const open = asked;
      asked = [];
      // The new connection may have another nonce: the password is not wrong yet.
      return open.map(({ question }) => ask({ ...question, logins: 0 }));
    },
  };
}
