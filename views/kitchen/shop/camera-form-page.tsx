// Adding a camera or correcting it: what it is, where it hangs, how it is reached; the test picture comes next.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import type { Named } from '../named.ts';

export type CameraFormView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly restaurant: Named & { readonly siteId: string };
  /** The camera that is corrected; a new one when left out. */
  readonly cameraId: number | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  /** Where cameras can be looked for; empty for whoever may not. */
  readonly find: string;
};

const kinds = ['rtsp', 'hls', 'mjpeg', 'snapshot', 'clip', 'picture'] as const;

export function CameraFormPage(view: CameraFormView) {
  const { words, here, viewer, restaurant, cameraId, values, faults } = view;
  const { kitchen, lang } = words;
  const isNew = cameraId === undefined;
  const title = isNew ? kitchen.addCamera : kitchen.changeCamera;
  const field = (name: string) => ({ name, value: values[name], faults });
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="narrow">
      <header class="stack">
        <h1>{title}</h1>
        <p class="soft">{localName(lang, restaurant)}</p>
      </header>
      <form
        class="card rim stack"
        method="post"
        action={isNew ? '/my/cameras' : `/cameras/${cameraId}`}
        enctype="multipart/form-data"
        novalidate
      >
        <Faults words={words} faults={faults} />
        <input type="hidden" name="siteId" value={restaurant.siteId} />
        <Field label={kitchen.cameraPlace} {...field('place')} hint={kitchen.cameraPlaceHint} required />
        <Field label={kitchen.cameraPlaceEn} {...field('placeEn')} />
        {isNew ? <MakerFields {...view} /> : null}
        {isNew ? <KindField {...view} /> : <input type="hidden" name="kind" value={values['kind']} />}
        <Field label={kitchen.cameraUrl} {...field('url')} hint={kitchen.cameraUrlHint} autocomplete="off" />
        <div class="two">
          <Field label={kitchen.cameraUser} {...field('user')} autocomplete="off" />
          <Field
            label={kitchen.cameraPassword}
            {...field('password')}
            type="password"
            autocomplete="new-password"
            hint={kitchen.cameraPasswordHint}
          />
        </div>
        {isNew ? (
          <Field label={kitchen.cameraFile} name="file" faults={faults} hint={kitchen.cameraFileHint}>
            <input id={fieldId('file')} name="file" type="file" accept="video/*,image/*" />
          </Field>
        ) : null}
        <Field
          label={kitchen.sampleEvery}
          {...field('sampleEverySeconds')}
          type="number"
          hint={kitchen.sampleEveryHint}
        />
        <div class="row">
          <button type="submit" class="btn main">
            <Icon name="camera" />
            {kitchen.saveAndTest}
          </button>
          <a class="btn bare" href={isNew ? '/my' : `/cameras/${cameraId}`}>
            {words.common.cancel}
          </a>
        </div>
      </form>
    </Page>
  );
}

function KindField({ words, values, faults }: CameraFormView) {
  const { kitchen } = words;
  return (
    <Field label={kitchen.cameraKind} name="kind" faults={faults}>
      <select id={fieldId('kind')} name="kind">
        {kinds.map((kind) => (
          <option value={kind} selected={values['kind'] === kind}>
            {kitchen.cameraKinds[kind]}
          </option>
        ))}
      </select>
    </Field>
  );
}

const makers = ['hikvision', 'dahua', 'ezviz', 'tplink', 'uniview', 'xiongmai', 'onvif'] as const;

/** Who does not know the address knows the maker. */
function MakerFields({ words, values, faults, find }: CameraFormView) {
  const { wizard } = words.kitchen;
  const field = (name: string) => ({ name, value: values[name], faults });
  return (
    <fieldset class="stack">
      <legend>{wizard.makerTitle}</legend>
      <p class="soft small">
        {wizard.makerLead} {find === '' ? null : <a href={find}>{wizard.find.title}</a>}
      </p>
      <div class="two">
        <Field label={wizard.maker} name="maker" faults={faults}>
          <select id={fieldId('maker')} name="maker">
            <option value="">{wizard.noMaker}</option>
            {makers.map((maker) => (
              <option value={maker} selected={values['maker'] === maker}>
                {wizard.makers[maker]}
              </option>
            ))}
          </select>
        </Field>
        <Field label={wizard.host} {...field('host')} hint={wizard.hostHint} autocomplete="off" />
      </div>
      <div class="two">
        <Field label={wizard.channel} {...field('channel')} type="number" hint={wizard.channelHint} />
        <Field label={wizard.stream} name="stream" faults={faults} hint={wizard.streamHint}>
          <select id={fieldId('stream')} name="stream">
            <option value="main">{wizard.streams.main}</option>
            <option value="sub" selected={values['stream'] === 'sub'}>
              {wizard.streams.sub}
            </option>
          </select>
        </Field>
      </div>
    </fieldset>
  );
}
