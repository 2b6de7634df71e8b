// Draws the app's icon in the sizes that phones ask for, and the picture beside a link in a message, from our own mark (`npm run icons`).
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const folder = new URL('../views/static/', import.meta.url);
const mark = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** Name → what is drawn and how wide it is; an icon is as high as wide. */
const pictures: Readonly<Record<string, { readonly svg: () => string; readonly width: number }>> = {
  'icon-180.png': { svg: () => mark('icon.svg'), width: 180 },
  'icon-192.png': { svg: () => mark('icon.svg'), width: 192 },
  'icon-512.png': { svg: () => mark('icon.svg'), width: 512 },
  'preview.png': { svg: previewSvg, width: 1200 },
};

/** Name → the PNG's bytes. */
export async function drawAppPictures(): Promise<Map<string, Buffer>> {
  // The product reads no vector picture of others; these are our own.
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] });
  const drawn = Object.entries(pictures).map(
    async ([name, { svg, width }]) => [name, await draw(svg(), width)] as const,
  );
  return new Map(await Promise.all(drawn));
}

function draw(svg: string, width: number): Promise<Buffer> {
  return sharp(Buffer.from(svg), { density: 300 })
    .resize({ width })
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
}

/** The mark over a bowl's rim on porcelain; without letters, because a server need not have a font. */
function previewSvg(): string {
  const steps = [0, 1, 2, 3, 4].map((at) => {
    const x = 280 + at * 160;
    return `<circle cx="${x}" cy="520" r="14" fill="${at === 4 ? '#1d4a9c' : '#fff'}" stroke="#1d4a9c" stroke-width="5"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">
    <rect width="1200" height="630" fill="#f7f8fa"/>
    <rect width="1200" height="14" fill="#1d4a9c"/><rect y="22" width="1200" height="4" fill="#1d4a9c"/>
    <g transform="translate(440 110) scale(10)" fill="none" stroke="#1d4a9c" stroke-width="2.5">
      <circle cx="16" cy="16" r="13"/><path d="M8 16a8 8 0 0 1 8-8M16 24a8 8 0 0 0 8-8"/>
      <circle cx="16" cy="16" r="3.5" fill="#1d4a9c" stroke="none"/>
    </g>
    <path d="M280 520H920" stroke="#1d4a9c" stroke-width="5"/>${steps.join('')}
  </svg>`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, bytes] of await drawAppPictures()) writeFileSync(new URL(name, folder), bytes);
