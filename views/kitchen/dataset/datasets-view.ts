// What the page of data sets is given to show.
import type { FieldFault } from '../../parts/form.tsx';
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';

export type Words = Texts['learning']['dataset'];
type Sides = { readonly train: number; readonly val: number };

export type DatasetLine = {
  readonly id: number;
  readonly askedAt: number;
  readonly by: string;
  readonly reason: string;
  readonly state: keyof Words['states'];
  readonly done: number;
  readonly total: number;
  readonly fault: keyof Words['faults'] | undefined;
  readonly made:
    | {
        readonly pictures: Sides;
        readonly kitchens: Sides;
        readonly leftOut: number;
        readonly digest: string;
        readonly megabytes: number;
        readonly goneAt: number;
      }
    | undefined;
};

export type KitchenChoice = {
  readonly siteId: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly judged: number;
  readonly chosen: boolean;
};

export type DatasetsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly kitchens: readonly KitchenChoice[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  readonly exports: readonly DatasetLine[];
};
