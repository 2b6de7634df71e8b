// What a picture that strangers sent is refused for.

export const pictureRefusalCodes = [
  'empty',
  'not_a_picture',
  'unsupported_type',
  'heic',
  'animated',
  'damaged',
  'too_large',
  'too_small',
] as const;
export type PictureRefusalCode = (typeof pictureRefusalCodes)[number];

export class PictureRefusal extends Error {
  readonly code: PictureRefusalCode;
  constructor(code: PictureRefusalCode, detail: string) {
    super(detail);
    this.name = 'PictureRefusal';
    this.code = code;
  }
}
