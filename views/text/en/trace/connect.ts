// Words of the page that connects a partner's program, in English.
import type { connect as reference } from '../../zh-CN/trace/connect.ts';

export const connect: typeof reference = {
  title: 'Connect',
  lead: 'Let your warehouse, factory or till send its events here: make a token, try one document, then let the program send.',
  tryTitle: 'Try a document',
  tryLead:
    'This is an EPCIS 2.0 document. Put in a lot and an amount of your own. “Check” keeps nothing; “Send” does what a program’s sending does.',
  document: 'EPCIS document (JSON-LD or XML)',
  check: 'Check',
  send: 'Send',
  outcomes: {
    sound: (events: number) =>
      events === 1 ? 'The event is sound. Nothing was kept.' : `All ${events} events are sound. Nothing was kept.`,
    accepted: (events: number) => (events === 1 ? 'One event was taken.' : `${events} events were taken.`),
    duplicate: (events: number) =>
      events === 1
        ? 'The event was taken before, and is not kept twice.'
        : `The ${events} events were taken before, and are not kept twice.`,
    faulty: (events: number) => `There are faults among the ${events} events.`,
  },
  job: 'See the answer',
  programTitle: 'By program',
  programLead:
    'Put the token into TOKEN and the document into a file. An answer of 202 means that it is kept; 400 names every fault with its place.',
  openapi: 'The API described (OpenAPI)',
  subscriptions: 'Have new events sent to your system',
  sheets: 'Without a program: import a sheet of lots',
  log: 'Documents received of late',
  logEmpty: 'No document has come yet',
  logEmptyLead: 'Try one above or send one by program, and its result stands here.',
  at: 'Time',
  accepted: 'Taken',
  duplicate: 'Repeated',
  refused: 'Refused',
  fault: 'First fault',
};
