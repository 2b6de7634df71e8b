// The documents keep up with the repository: links lead somewhere, named files exist, settings and commands are told of.
import { statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rooms } from './rooms.ts';
import { type Source, sources } from './sources.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = sources(/\.md$/);
const everyFile = sources(/./).map(({ path }) => path);
const texts = new Map([...documents, ...sources(/^package\.json$/)].map(({ path, text }) => [path, text]));
const everyFolder = new Set(everyFile.flatMap((path) => foldersOf(path)));
const mostPictures = 15;
const largestPictureBytes = 60 * 1024;

describe('the documents say what is there', () => {
  it('every link inside the repository leads to a file and a heading that exist', () => {
    expect(documents.flatMap(deadLinks)).toEqual([]);
  });

  it('every file or folder that a document names exists', () => {
    expect(documents.filter(({ path }) => path !== 'CHANGELOG.md').flatMap(missingPaths)).toEqual([]);
  });

  it('every folder of the server stands on the map, and every room with the sentence of its room.json', () => {
    const map = textOf('ARCHITECTURE.md');
    const folders = [...everyFolder].filter((path) => /^server\/[a-z]+$/.test(path));
    expect(folders.filter((path) => !map.includes(`\`${path}/\``))).toEqual([]);
    const rows = rooms().map(({ name, is }) => `| \`${name.split('/').at(-1)}\` | ${is} |`);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => !map.includes(`${row}\n`))).toEqual([]);
  });

  it('a walk names only files that are there', () => {
    const names = [...textOf('ARCHITECTURE.md').matchAll(/`((?:trace|kitchen)\/[a-z]+\/[a-z-]+)`/g)].map(
      ([, name]) => name,
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !everyFile.includes(`server/${name}.ts`))).toEqual([]);
  });

  it('every setting is explained on the page for operators', () => {
    const schemas = sources(/^server\/(config|bucket\/bucket-settings)\.ts$/).map(({ text }) =>
      text.slice(text.search(/const (schema|bucketShape)/)),
    );
    const names = schemas.flatMap((text) =>
      [...text.matchAll(/^ {2,4}([A-Z0-9_]{4,}):/gm)].map(([, name]) => name ?? ''),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !textOf('docs/operations.md').includes(`\`${name}\``))).toEqual([]);
  });

  it('every npm script is told of in a document, and no document names one that is gone', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const all = documents.map(({ text }) => text).join('\n');
    const silent = Object.keys(scripts).filter(
      (name) => !new RegExp(`npm (run (-s )?)?${name}(?![\\w:-])|\`${name}\``).test(all),
    );
    expect(silent).toEqual([]);
    const named = [...all.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('every measure of /metrics is explained on the page for operators', () => {
    const names = sources(/^server\/.*\.ts$/).flatMap(({ text }) =>
      [...text.matchAll(/new (?:Counter|Gauge|Histogram)\(\{\s*name: '(\w+)'/g)].map(([, name]) => name ?? ''),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !textOf('docs/operations.md').includes(`\`${name}\``))).toEqual([]);
  });

  it('decisions are numbered without gaps, stand in the index, and say context, choice, what else and consequence', () => {
    const decisions = sources(/^docs\/decisions\/\d.*\.md$/);
    const index = textOf('docs/decisions/README.md');
    for (const [position, { path, lines, text }] of decisions.entries()) {
      const name = path.split('/').at(-1) ?? '';
      expect(name.slice(0, 2)).toBe(String(position + 1).padStart(2, '0'));
      expect(lines[0]).toMatch(new RegExp(`^# ${position + 1}\\. `));
      expect(index).toContain(`[${lines[0]?.slice(2)}](${name})`);
      const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      expect(headings, path).toEqual(['Context', 'Choice', 'What else was tried', 'Consequence']);
    }
  });

  it('pictures are few, small, and each is shown in a document', () => {
    const pictures = everyFile.filter((path) => path.startsWith('docs/shots/'));
    expect(pictures.length).toBeLessThanOrEqual(mostPictures);
    expect(pictures.filter((path) => statSync(join(root, path)).size > largestPictureBytes)).toEqual([]);
    const all = documents.map(({ text }) => text).join('\n');
    expect(pictures.filter((path) => !all.includes(`shots/${path.split('/').at(-1)}`))).toEqual([]);
  });
});

function textOf(path: string): string {
  return texts.get(path) ?? '';
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Prose alone: what stands in fenced blocks and between backticks links to nothing. */
function proseOf(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

function deadLinks({ path, text }: Source): string[] {
  const links = [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  return links
    .filter((target) => !/^(https?:|mailto:)/.test(target))
    .filter((target) => !leadsSomewhere(path, target))
    .map((target) => `${path} → ${target}`);
}

function leadsSomewhere(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : normalize(join(dirname(from), file)).replace(/\/$/, '');
  if (!everyFile.includes(path) && !everyFolder.has(path)) return false;
  return anchor === undefined || anchorsOf(textOf(path)).includes(decodeURIComponent(anchor));
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  const headings = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(
    ([, heading]) => heading ?? '',
  );
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

function missingPaths({ path, text }: Source): string[] {
  const named = [...text.matchAll(/`((?:server|inference|views|models|samples|test|docs|\.ci)\/[\w@./-]*)`/g)];
  return named
    .map(([, name]) => (name ?? '').replace(/\/$/, ''))
    .filter((name) => !everyFile.includes(name) && !everyFolder.has(name))
    .map((name) => `${path}: ${name}`);
}
