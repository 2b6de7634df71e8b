// A thread that reads one document after another and answers with its drafts, packed.
import { parentPort } from 'node:worker_threads';
import { Problem } from '../../http/problem.ts';
import { readForCapture } from './capture-document.ts';
import { packEvents } from './draft-pack.ts';
import type { ReadingAnswer, ReadingJob } from './read-aside.ts';

if (parentPort === null) throw new Error('This is a thread of read-aside.ts.');
const port = parentPort;

port.on('message', (job: ReadingJob) => port.postMessage(answerTo(job)));

function answerTo({ id, bytes, mediaType }: ReadingJob): ReadingAnswer {
  try {
    const read = readForCapture(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), mediaType);
    return { id, kept: read.kept, events: packEvents(read.events), eventsDigest: read.eventsDigest };
  } catch (error) {
    if (error instanceof Problem) return { id, faults: error.faults };
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
