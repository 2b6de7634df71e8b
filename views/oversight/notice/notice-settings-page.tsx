// How a person wants to be told: language, mailbox, webhook, quiet hours.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import type { PageView } from '../../trace/parts.tsx';

export type NoticeSettingsView = PageView & {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  readonly saved: 'saved' | null;
  /** Of a webhook that is new; shown this once. */
  readonly token: string | null;
};

export function NoticeSettingsPage({ words, here, viewer, values, faults, saved, token }: NoticeSettingsView) {
  const text = words.notices;
  const field = (name: string) => ({ name, value: values[name], faults });
  return (
    <Page
      words={words}
      title={text.settingsTitle}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css']}
    >
      <header class="stack">
        <h1>{text.settingsTitle}</h1>
        <p class="soft">{text.settingsLead}</p>
      </header>
      {saved === null ? null : (
        <p class="toast still" role="status">
          {text.saved}
        </p>
      )}
      {token === null ? null : (
        <p class="note">
          <span>
            <b>{text.token}</b> {text.tokenOnce} <span class="code">{token}</span>
          </span>
        </p>
      )}
      <form class="card stack" method="post" action="/notices/settings" novalidate>
        <Faults words={words} faults={faults} />
        <Field label={text.lang} name="lang" faults={faults}>
          <select id={fieldId('lang')} name="lang">
            <option value="zh-CN" lang="zh-CN" selected={values['lang'] !== 'en'}>
              简体中文
            </option>
            <option value="en" lang="en" selected={values['lang'] === 'en'}>
              English
            </option>
          </select>
        </Field>
        <Field label={text.email} type="email" autocomplete="email" {...field('email')} />
        <Field label={text.webhook} type="url" hint={text.webhookHint} {...field('webhook')} />
        <fieldset class="stack">
          <legend>{text.quiet}</legend>
          <p class="hint">{text.quietHint}</p>
          <Field label={text.quietFrom} type="time" {...field('quietFrom')} />
          <Field label={text.quietUntil} type="time" {...field('quietUntil')} />
        </fieldset>
        <button class="btn main wide" type="submit">
          {words.common.save}
        </button>
      </form>
    </Page>
  );
}
