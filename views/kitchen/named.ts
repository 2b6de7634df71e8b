// Names in both languages, as the pages of the kitchen get them.
export type Named = { readonly name: string; readonly nameEn: string | null };

export type ViolationText = {
  readonly id: string;
  readonly name: string;
  readonly rule: string;
  readonly experimental: boolean;
};
