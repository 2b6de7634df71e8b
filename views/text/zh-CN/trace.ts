// Words of the trace pages, in Chinese.

export const trace = {};
