// The app's icon in the sizes that phones ask for, and the picture beside a link in a message: drawn from our own mark.
import { readFileSync } from 'node:fs';

const mark = (name: string) => readFileSync(new URL(`../../views/static/${name}`, import.meta.url), 'utf8');

/** Name → what is drawn and how wide it is; an icon is as high as wide. */
const pictures: Readonly<Record<string, { readonly svg: () => string; readonly width: number }>> = {
  'icon-180.png': { svg: () => mark('icon.svg'), width: 180 },
  'icon-192.png': { svg: () => mark('icon.svg'), width: 192 },
  'icon-512.png': { svg: () => mark('icon.svg'), width: 512 },
  'preview.png': { svg: previewSvg, width: 1200 },
};

const drawn = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** Undefined for a name that is none of them; each is drawn once, when it is first asked for. */
export function appPicture(name: string): Promise<Uint8Array<ArrayBuffer>> | undefined {
  const picture = pictures[name];
  if (picture === undefined) return undefined;
  const known = drawn.get(name) ?? draw(picture.svg(), picture.width);
  drawn.set(name, known);
  return known;
}

async function draw(svg: string, width: number): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import('sharp');
  return Uint8Array.from(
    await sharp(Buffer.from(svg), { density: 300 })
      .resize({ width })
      .png({ compressionLevel: 9, palette: true })
      .toBuffer(),
  );
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
