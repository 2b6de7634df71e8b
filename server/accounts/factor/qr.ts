// A QR code as the address of an image, to stand in a page.
import bwip from 'bwip-js/node';

export function qrImage(text: string): string {
  const svg = bwip.toSVG({
    bcid: 'qrcode',
    text,
    scale: 4,
    paddingwidth: 8,
    paddingheight: 8,
    backgroundcolor: 'ffffff',
  });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
