// Checks what the files of an evidence bundle mean against the ledger entries in it; reads the bundle alone.
import { createHash } from 'node:crypto';
import type { BundleFault } from '../../ledger/bundle-manifest.ts';
import type { StoredEntry } from '../../ledger/entry.ts';
import type { BundleReading } from '../../ledger/evidence-bundle.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { eventLine } from '../capture/capture-document.ts';
import { unitCode } from '../code/balance-unit.ts';
import { hashDocument } from '../epcis/document.ts';
import { scopeDigest } from '../scope/issue-scope.ts';
import type { ScopeRow } from '../scope/recall-scope.ts';

type Files = ReadonlyMap<string, Buffer>;
type Note = (place: string, detail: string) => void;

/** Faults of documents, events, scopes, answers, photos and chains; empty for a bundle that is whole. */
export function evidenceFaults({ files, entries }: Pick<BundleReading, 'files' | 'entries'>): BundleFault[] {
  const faults: BundleFault[] = [];
  const note: Note = (place, detail) => faults.push({ place, byte: null, detail });
  const hashes = new Set<string>();
  for (const captureId of folders(files, 'captures')) checkCapture(files, entries, captureId, hashes, note);
  for (const publicId of folders(files, 'recalls')) checkRecall(files, entries, publicId, note);
  for (const direction of ['backward', 'forward']) checkChain(files, `chain/${direction}.json`, hashes, note);
  for (const [path, bytes] of files) {
    const named = /^(?:photos|papers)\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (named !== undefined && sha256Hex(bytes) !== named) note(path, 'It is not the file of this name.');
  }
  return faults;
}

function folders(files: Files, room: string): Set<string> {
  return new Set([...files.keys()].flatMap((path) => (path.startsWith(`${room}/`) ? [path.split('/')[1] ?? ''] : [])));
}

type EventLine = { readonly hash: string; readonly declaredAt: number; readonly json: string };

/** The document is what came, its events are those in the ledger, and each event's hash is that of its own text. */
function checkCapture(
  files: Files,
  entries: readonly StoredEntry[],
  id: string,
  hashes: Set<string>,
  note: Note,
): void {
  const folder = `captures/${id}`;
  const entry = entries.find(({ kind, subject }) => kind === 'capture' && subject === `capture/${id}`);
  const about = parsed(files, `${folder}/capture.json`) as { mediaType?: string; document?: string } | undefined;
  const document = files.get(`${folder}/document.${about?.document ?? 'json'}`);
  const events = linesOf(files.get(`${folder}/events.jsonl`));
  if (entry === undefined) {
    note(folder, 'No ledger entry vouches for this capture.');
    return;
  }
  if (document === undefined || events === undefined) {
    note(folder, 'The capture is not whole.');
    return;
  }
  const said = JSON.parse(entry.body) as { document: string; eventsDigest: string };
  if (sha256Hex(document) !== said.document) note(`${folder}/document.${about?.document}`, 'It is not what came.');
  const digest = createHash('sha256');
  for (const event of events) digest.update(eventLine(event.hash, event.declaredAt, event.json));
  if (digest.digest('hex') !== said.eventsDigest) note(`${folder}/events.jsonl`, 'These are not the captured events.');
  const reckoned = new Set(hashDocument(document, about?.mediaType).hashes);
  for (const { hash } of events) {
    hashes.add(hash);
    if (!reckoned.has(hash)) note(`${folder}/events.jsonl`, `${hash} is no event of the document.`);
  }
}

/** Each issue's scope has the digest the ledger holds, and the answers are those the ledger holds. */
function checkRecall(files: Files, entries: readonly StoredEntry[], publicId: string, note: Note): void {
  const folder = `recalls/${publicId}`;
  const scope = parsed(files, `${folder}/scope.json`) as (ScopeRow & { issue: number })[] | undefined;
  const answers = parsed(files, `${folder}/answers.json`) as AnswerRow[] | undefined;
  if (scope === undefined || answers === undefined) {
    note(folder, 'The recall is not whole.');
    return;
  }
  const own = entries.flatMap((entry) => {
    const body = JSON.parse(entry.body) as Body;
    return body.recall === publicId ? [{ kind: entry.kind, at: entry.at, body }] : [];
  });
  const issues = own.filter(({ kind }) => kind === 'recall');
  if (issues.length === 0) note(folder, 'No ledger entry vouches for this recall.');
  for (const { body } of issues) {
    if (scopeDigest(scope.filter(({ issue }) => issue === body.issue)) !== body.scope)
      note(`${folder}/scope.json`, `The scope of issue ${body.issue} is not the one that was issued.`);
  }
  const given = own.filter(({ kind }) => kind === 'recall-answer').flatMap(({ at, body }) => answersSaid(at, body));
  const withdrawn = own.flatMap(({ body }) => (body.answer === undefined ? [] : [takenBack(body)]));
  const shown = answers.map(({ siteId, at, action, quantity, unit, note: said, photoHash }) => [
    siteId,
    at,
    action,
    quantity,
    unit,
    said,
    photoHash,
  ]);
  // Those that were taken back are not shown; their entries still tell of both.
  if (inOrder(given) !== inOrder([...shown, ...withdrawn]))
    note(`${folder}/answers.json`, 'These are not the answers that were given.');
  const papers = own.find(({ kind }) => kind === 'recall-report')?.body.papers ?? {};
  for (const [lang, hash] of Object.entries(papers)) {
    const path = `${folder}/report-${lang}.pdf`;
    const paper = files.get(path);
    if (paper !== undefined && sha256Hex(paper) !== hash) note(path, 'It is not the report that was written.');
  }
}

type AnswerRow = {
  siteId: string;
  at: number;
  action: string;
  quantity: number | null;
  unit: string | null;
  note: string | null;
  photoHash: string | null;
};
type Body = {
  recall?: string;
  issue?: number;
  scope?: string;
  site?: string;
  lines?: { action: string; quantity?: number; unit?: string; note?: string; photoHash?: string }[];
  /** One that was taken back. */
  answer?: Omit<AnswerRow, 'siteId'>;
  papers?: Record<string, string>;
};

function answersSaid(at: number, { site, lines }: Body): unknown[][] {
  return (lines ?? []).map(({ action, quantity, unit, note, photoHash }) => [
    site,
    at,
    action,
    quantity ?? null,
    unit === undefined ? null : (unitCode(unit) ?? null),
    note ?? null,
    photoHash ?? null,
  ]);
}

function takenBack({ site, answer }: Body): unknown[] {
  return [site, answer?.at, answer?.action, answer?.quantity, answer?.unit, answer?.note, answer?.photoHash];
}

function inOrder(lines: readonly unknown[][]): string {
  return lines
    .map((line) => JSON.stringify(line))
    .sort()
    .join('\n');
}

function checkChain(files: Files, path: string, hashes: ReadonlySet<string>, note: Note): void {
  const chain = parsed(files, path) as { edges?: { event: string }[] } | undefined;
  if (chain?.edges === undefined) {
    note(path, 'The chain is missing.');
    return;
  }
  const cut = (parsed(files, 'about.json') as { leftOut?: string[] } | undefined)?.leftOut ?? [];
  if (cut.includes('captures')) return;
  const strange = chain.edges.find(({ event }) => !hashes.has(event));
  if (strange !== undefined) note(path, `No captured event of this bundle has the hash ${strange.event}.`);
}

function linesOf(bytes: Buffer | undefined): EventLine[] | undefined {
  try {
    return bytes
      ?.toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as EventLine);
  } catch {
    return undefined;
  }
}

function parsed(files: Files, path: string): unknown {
  try {
    return JSON.parse(files.get(path)?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}
