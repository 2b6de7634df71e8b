// What pages of notices take from the parts of the chain, and faults with the names of their fields.
import type { FieldFault } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import { namedFaults } from '../../trace/parts.tsx';

export { kindName, type PageView, type PlaceName, placeName } from '../../trace/parts.tsx';

export function namedFaultsOf(words: Texts, faults: readonly FieldFault[]): FieldFault[] {
  return namedFaults(words, faults, (place) => words.notices.faultNames[place]);
}
