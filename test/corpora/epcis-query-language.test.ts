// The published schema of the EPCIS query language: every parameter it knows is taken in a definition, or refused by name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../server/http/problem.ts';
import type { JsonValue } from '../../server/trace/event/event.ts';
import { readNamedQuery } from '../../server/trace/subscription/named-query.ts';
import { corpusPath } from '../support/corpora.ts';

type Shape = {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Shape;
  readonly $ref?: string;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
};
type Schema = {
  readonly definitions: Readonly<Record<string, Shape>> & {
    readonly 'EPCIS-Query': {
      readonly properties: Readonly<Record<string, Shape>>;
      readonly patternProperties: Readonly<Record<string, Shape>>;
    };
  };
};

const path = join(corpusPath('corpora/gs1-epcis'), 'REST Bindings/query-schema.json');
const schema = JSON.parse(readFileSync(path, 'utf8')) as Schema;
const language = schema.definitions['EPCIS-Query'];

/** A value the shape admits. */
function sample(shape: Shape): JsonValue {
  if (shape.$ref !== undefined) return sample(named(shape.$ref));
  const choice = shape.anyOf ?? shape.oneOf;
  // Where a name may be one of a list or a URI, the list says more.
  if (choice !== undefined) return sample(choice.find((one) => one.enum !== undefined) ?? choice[0]!);
  if (shape.enum !== undefined) return shape.enum[0]!;
  if (shape.type === 'array') return [sample(shape.items!)];
  if (shape.type === 'number' || shape.type === 'integer') return 1;
  if (shape.type === 'boolean') return true;
  if (shape.format === 'date-time') return '2026-11-22T08:00:00+08:00';
  return shape.format === 'uri' ? 'urn:example:one' : 'eventTime';
}

function named(reference: string): Shape {
  return schema.definitions[decodeURIComponent(reference.replace('#/definitions/', ''))]!;
}

/** A name the pattern means. The published patterns escape twice, so that read to the letter they match nothing. */
function nameOf(pattern: string): string {
  return pattern
    .replace(/^\^|\$$/g, '')
    .replace('[a-z][a-zA-Z0-9]*\\\\:\\\\w+', 'ex:field')
    .replace('[a-z][a-zA-Z0-9_]+', 'po')
    .replace('\\\\w+_\\\\w+', 'bizLocation_size')
    .replace('[A-Z0-9]{2,4}', 'KGM');
}

function faultsOf(query: Record<string, JsonValue>): string[] {
  try {
    readNamedQuery({ name: 'q', query: { '@context': { ex: 'http://ns.example.com/' }, ...query } });
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.faults.map(({ place, code }) => `${place} ${code}`);
    throw error;
  }
}

describe('the published query language', () => {
  const fixed = Object.entries(language.properties).filter(([name]) => name !== '@context');
  const flexible = Object.entries(language.patternProperties);

  it('is there', () => {
    expect(fixed.length).toBeGreaterThan(50);
    expect(flexible.length).toBeGreaterThan(80);
  });

  it('has no fixed parameter that is not taken', () => {
    const refused = fixed.flatMap(([name, shape]) => {
      // Two of them hold only beside another.
      const beside = name === 'eventCountLimit' ? { orderBy: 'eventTime' } : {};
      return faultsOf({ ...beside, [name]: sample(shape) });
    });
    expect(refused).toEqual([]);
  });

  it('has no flexible parameter that is not taken, but for attributes of master data, which are refused by name', () => {
    const refused = flexible.flatMap(([pattern, shape]) => {
      const name = nameOf(pattern);
      expect(name, pattern).toMatch(/^\w+(:\w+)?$/);
      return faultsOf({ [name]: sample(shape) });
    });
    expect(refused.sort()).toEqual([
      '/query/EQ_ATTR_bizLocation_size not_offered',
      '/query/HASATTR_ex:field not_offered',
    ]);
  });
});
