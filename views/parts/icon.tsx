// An icon of the sprite.

/** `name` without its `i-`, as in views/static/icons.svg. Decorative: the word beside it says the same. */
export function Icon({ name, tone }: { name: string; tone?: string }) {
  return (
    <svg class={tone === undefined ? 'i' : `i ${tone}`} aria-hidden="true">
      <use href={`/static/icons.svg#i-${name}`} />
    </svg>
  );
}
