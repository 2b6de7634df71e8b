// The only door to libvips: everything that opens pictures passes the block below.

import sharp from 'sharp';

// libvips can read dozens of formats through as many parsers. Whoever uploads a file chooses the parser, so only three
// are left, and those only from memory (a path inside a file name opens nothing).
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });
sharp.cache(false);

export { sharp };
