// What keeps a program from starting and is its reader's to mend: told in its own words, without a stack.

import { PacksRefused } from '../inference/pack-folder.ts';
import { ProviderMissing } from '../inference/provider-missing.ts';
import { ConfigFaults } from './config.ts';

/** A setting, a model pack or an accelerator that cannot be used. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof ConfigFaults || error instanceof PacksRefused || error instanceof ProviderMissing;
}
