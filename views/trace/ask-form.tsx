// One box that takes any code, with the camera beside it: what the bench, a comparison and a new recall begin with.
import type { Child } from 'hono/jsx';
import { Icon } from '../parts/icon.tsx';
import type { Texts } from '../text/texts.ts';

type AskFormProps = {
  readonly words: Texts;
  readonly action: string;
  readonly input: AskInput;
  /** What the button that asks says; `quiet` where another button of the page is the next step. */
  readonly submit: { readonly said: string; readonly tone: 'main' | 'quiet' };
  readonly camera: string;
  /** What goes with every question, before what is typed. */
  readonly hidden?: readonly { readonly name: string; readonly value: string }[];
  /** Inside the box, after the field. */
  readonly mark?: Child;
  /** Between the box and its buttons. */
  readonly children?: Child;
};

type AskInput = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly more?: Readonly<Record<string, string | number | boolean | undefined>>;
};

export function AskForm({ words, action, input, submit, camera, hidden = [], mark, children }: AskFormProps) {
  const { name, label, value, placeholder, more } = input;
  return (
    <form class="ask" method="get" action={action} data-scan-form>
      {hidden.map((pair) => (
        <input type="hidden" {...pair} />
      ))}
      <div class="ask-box">
        <Icon name="search" />
        <label class="hide" for={name}>
          {label}
        </label>
        <input
          id={name}
          name={name}
          value={value}
          placeholder={placeholder}
          autocomplete="off"
          spellcheck={false}
          data-scan-target
          {...more}
        />
        {mark}
      </div>
      {children}
      <button
        class="btn"
        type="button"
        data-scan
        data-close={words.trace.shop.cameraStop}
        data-hint={words.trace.scan.sizeHint}
        data-torch={words.trace.scan.torch}
        data-not-read={words.trace.shop.notRead}
        hidden
      >
        <Icon name="scan" />
        {camera}
      </button>
      <button class={submit.tone === 'main' ? 'btn main' : 'btn'} type="submit">
        {submit.said}
      </button>
    </form>
  );
}
