// What refusals say in Chinese, by the English sentence that programs are given; `{}` stands for what was found.
import { saidInGeneral } from './said/general.ts';
import { saidOfKitchens } from './said/kitchen.ts';
import { saidOfLots } from './said/trace.ts';
import { saidOfTrade } from './said/trade.ts';

export const said: Readonly<Record<string, string>> = {
  ...saidInGeneral,
  ...saidOfKitchens,
  ...saidOfLots,
  ...saidOfTrade,
};
