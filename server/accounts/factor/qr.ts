// A QR code as the address of an image, to stand in a page.

export async function qrImage(text: string): Promise<string> {
  const { default: bwip } = await import('bwip-js/node');
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
