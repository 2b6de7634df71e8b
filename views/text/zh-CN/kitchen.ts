// Words of the kitchen pages, in Chinese.

export const kitchen = {};
