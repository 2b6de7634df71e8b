// Words of the kitchen pages, in English.
import type { kitchen as reference } from '../zh-CN/kitchen.ts';

export const kitchen: typeof reference = {};
