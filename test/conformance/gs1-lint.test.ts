// Our own values for each content rule of GS1 element strings: those that pass and those that fail.
import { describe, expect, it } from 'vitest';
import { isLintName, type LintName, passesLint } from '../../server/trace/code/gs1-lint.ts';
import { vectorText } from '../support/vectors.ts';

type Values = Readonly<Record<LintName, { readonly passes: readonly string[]; readonly fails: readonly string[] }>>;

const rules = Object.entries(JSON.parse(vectorText('lint-values.json')) as Values).map(([rule, values]) => ({
  rule: rule as LintName,
  ...values,
}));

describe('GS1 content rules', () => {
  it.each(rules)('$rule takes what it should, and nothing else', ({ rule, passes, fails }) => {
    expect(isLintName(rule)).toBe(true);
    expect(passes.filter((value) => !passesLint(rule, value))).toEqual([]);
    expect(fails.filter((value) => passesLint(rule, value))).toEqual([]);
    expect([passes.length > 0, fails.length > 0]).toEqual([true, true]);
  });

  it('are all here', () => {
    expect(rules.length).toBe(39);
    expect(isLintName('toString')).toBe(false);
  });
});
