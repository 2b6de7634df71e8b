// What a message or a search shows beside a link to a page.
import type { Texts } from '../text/texts.ts';

export type LinkPreview = {
  readonly description: string;
  /** Where the server is reached from outside: a picture's address has to be whole. */
  readonly origin: string;
};

type PreviewView = { readonly words: Texts; readonly title: string; readonly preview: LinkPreview | undefined };

export function Preview({ words, title, preview }: PreviewView) {
  if (preview === undefined) return null;
  return (
    <>
      <meta name="description" content={preview.description} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={preview.description} />
      <meta property="og:site_name" content={words.common.product} />
      <meta property="og:type" content="website" />
      <meta property="og:image" content={`${preview.origin}/static/preview.png`} />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta property="og:image:alt" content={words.common.product} />
      <meta name="twitter:card" content="summary_large_image" />
      <meta property="og:locale" content={words.lang === 'en' ? 'en_GB' : 'zh_CN'} />
    </>
  );
}
