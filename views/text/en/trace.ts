// Words of the trace pages, in English.
import type { trace as reference } from '../zh-CN/trace.ts';

export const trace: typeof reference = {};
