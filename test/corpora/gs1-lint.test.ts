// Every published lint vector: values that pass or fail each content rule of GS1 element strings.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isLintName, passesLint } from '../../server/trace/code/gs1-lint.ts';
import { corpusPath } from '../support/corpora.ts';

type Vector = { readonly lint: string; readonly ok: boolean; readonly value: string };

/**
 * The suite runs these once more against a directory that denies company prefix 123456; we ask no directory. The two
 * prefix rules have no other vectors.
 */
function needsPrefixDirectory({ lint, ok, value }: Vector, vectors: readonly Vector[]): boolean {
  if (lint.startsWith('gcppos')) return true;
  if (lint !== 'couponcode' || ok) return false;
  return vectors.some((other) => other.lint === lint && other.ok && other.value === value) || prefixDenied.has(value);
}

const prefixDenied = new Set(['01234561234561111012321101230123456', '012345612345611110123611234567']);

describe('GS1 content rules', () => {
  it('agree with every published vector', () => {
    const path = corpusPath('corpora/gs1-syntax-dictionary/lint-vectors.json');
    const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vector[];
    const checked = vectors.filter((vector) => !needsPrefixDirectory(vector, vectors));
    const wrong = checked.filter(({ lint, ok, value }) => !isLintName(lint) || passesLint(lint, value) !== ok);
    expect(wrong).toEqual([]);
    expect(checked.length).toBeGreaterThan(2_000);
  });
});
