// The process apart: opens the packs of the folders it is asked about, looks at pictures with them, and fits their last layers.

import type { ApartAnswer, ApartJob, EmbedApart, FromApart, LookApart, ToApart } from './apart-messages.ts';
import { openDetector } from './detector.ts';
import { type Embedder, openEmbedder } from './embed-crops.ts';
import { fitLayer } from './fit-layer.ts';
import { limitPictureThreads } from './image.ts';
import { packError } from './pool-messages.ts';
import type { Detector } from './types.ts';

/** Old and new are looked with in turn; a third folder pushes out the one used longest ago. */
const foldersOpen = 2;

if (process.send === undefined) throw new Error('apart-worker runs as a process of the server only');
const say = (message: FromApart): void => void process.send?.(message);

limitPictureThreads(1);
// The server ends this process; a Ctrl-C meant for the server must not end a look half-way.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', ({ id, job }: ToApart) => {
  work(job).then(
    (answer) => say({ id, answer }),
    (cause: unknown) => say({ id, error: packError(cause) }),
  );
});

const opened = new Map<string, Detector>();

async function work(job: ApartJob): Promise<ApartAnswer> {
  if ('fit' in job) return { layer: fitLayer(job.fit) };
  if ('boxes' in job) return { embeddings: await embed(job) };
  return look(job);
}

let embedder: { readonly key: string; readonly opened: Promise<Embedder> } | undefined;

async function embed({ folder, provider, pack, image, boxes }: EmbedApart): Promise<readonly Float32Array[]> {
  const key = `${folder} ${pack}`;
  if (embedder?.key !== key) {
    const before = embedder?.opened;
    embedder = { key, opened: openEmbedder(folder, pack, provider) };
    await before?.then((old) => old.close()).catch(() => undefined);
  }
  return (await embedder.opened).embed(Buffer.from(image.buffer, image.byteOffset, image.byteLength), boxes);
}

async function look({ folder, provider, image, options }: LookApart): Promise<ApartAnswer> {
  const detector = await detectorOf(folder, provider);
  if (image === undefined) return { packs: detector.packs };
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.byteLength);
  return { packs: detector.packs, frame: await detector.classify(bytes, options) };
}

async function detectorOf(folder: string, provider: string): Promise<Detector> {
  const detector = opened.get(folder) ?? (await openDetector({ modelsDir: folder, threads: 1, provider }));
  opened.delete(folder);
  opened.set(folder, detector);
  const [oldest] = opened.keys();
  if (opened.size > foldersOpen && oldest !== undefined) {
    const closing = opened.get(oldest);
    opened.delete(oldest);
    await closing?.close();
  }
  return detector;
}

say({ ready: true });
