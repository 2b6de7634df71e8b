// How witnesses and the ledgers they watch are named in settings: a verifier key, and for a witness the address it listens at.
import { type NamedKey, readVerifierKey, signatureTypes } from './note.ts';

export type KnownWitness = {
  readonly key: NamedKey;
  /** `name+id+key`, as given. */
  readonly witness: string;
  /** Without a slash at the end. */
  readonly url: string;
};

/** `KEY URL, KEY URL …`; undefined when any of it cannot be read. */
export function readWitnesses(text: string): KnownWitness[] | undefined {
  const all = partsOf(text).map((part): KnownWitness | undefined => {
    const [witness = '', url = '', ...more] = part.split(/\s+/);
    const key = readVerifierKey(witness);
    if (key?.type !== signatureTypes.witness || more.length > 0 || !/^https?:\/\/\S+$/.test(url)) return undefined;
    return { key, witness, url: url.replace(/\/+$/, '') };
  });
  return wholeList(all);
}

/** `KEY, KEY …`: the ledgers a witness signs for. */
export function readLogs(text: string): NamedKey[] | undefined {
  const all = partsOf(text).map((part) => readVerifierKey(part));
  return wholeList(all.map((key) => (key?.type === signatureTypes.log ? key : undefined)));
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function wholeList<T>(all: readonly (T | undefined)[]): T[] | undefined {
  const read = all.filter((one) => one !== undefined);
  return read.length === all.length ? read : undefined;
}
