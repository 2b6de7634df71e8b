// The text an XML document is read from, with the faults found in it.
import type { FaultList } from './fault.ts';

/** A text and, once someone asked for a line, where its lines begin. */
export type XmlSource = { readonly text: string; lineStarts: readonly number[] | undefined };

export type Building = { readonly source: XmlSource; readonly faults: FaultList };
