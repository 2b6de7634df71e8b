// The words of this system in both languages, each with what it means.
import { Page } from '../../parts/page.tsx';
import type { PageView } from '../../trace/parts.tsx';

type Both = { readonly en: string; readonly zh: string };

export type GlossarySection = {
  readonly heading: Both;
  readonly terms: readonly { readonly en: string; readonly zh: string; readonly meaning: Both }[];
};

export function GlossaryPage({
  words,
  here,
  viewer,
  sections,
}: PageView & { readonly sections: readonly GlossarySection[] }) {
  const text = words.front;
  const isEnglish = words.lang === 'en';
  const own = (both: Both) => (isEnglish ? both.en : both.zh);
  return (
    <Page words={words} title={text.glossaryTitle} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{text.glossaryTitle}</h1>
        <p class="soft">{text.glossaryLead}</p>
      </header>
      {sections.map(({ heading, terms }) => (
        <section class="card stack">
          <h2>{own(heading)}</h2>
          <dl class="glossary">
            {terms.map(({ en, zh, meaning }) => (
              <div>
                <dt>
                  {own({ en, zh })}{' '}
                  <span class="small soft" lang={isEnglish ? 'zh-CN' : 'en'}>
                    {isEnglish ? zh : en}
                  </span>
                </dt>
                <dd>
                  <Meaning text={own(meaning)} lang={words.lang} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Page>
  );
}

/** An English meaning names the Chinese word where there is no other. */
function Meaning({ text, lang }: { text: string; lang: string }) {
  if (lang !== 'en') return <>{text}</>;
  return (
    <>
      {text
        .split(/(\p{Script=Han}[\p{Script=Han}（）、]*)/u)
        .map((part, index) => (index % 2 === 1 ? <span lang="zh-CN">{part}</span> : part))}
    </>
  );
}
