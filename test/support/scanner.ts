// A hand scanner that types: every key with its time, as its keyboard interface sends them, faster than anybody can.
import type { Page } from 'playwright-core';

/** What stands in a code for the separator, as scanners are set to send it. */
export const separators = {
  'Ctrl+]': { key: ']', code: 'BracketRight', vk: 221, ctrl: true },
  F8: { key: 'F8', code: 'F8', vk: 119, ctrl: false },
  Tab: { key: 'Tab', code: 'Tab', vk: 9, ctrl: false },
} as const;

/** How a scanner ends a code. */
export const endings = {
  Enter: { key: 'Enter', code: 'Enter', vk: 13, ctrl: false, text: '\r' },
  Tab: { key: 'Tab', code: 'Tab', vk: 9, ctrl: false },
  'Ctrl+J': { key: 'j', code: 'KeyJ', vk: 74, ctrl: true },
  'Ctrl+M': { key: 'm', code: 'KeyM', vk: 77, ctrl: true },
} as const;

type Key = {
  readonly key: string;
  readonly code?: string;
  readonly vk?: number;
  readonly ctrl?: boolean;
  readonly text?: string;
};
export type Separator = keyof typeof separators;
export type Ending = keyof typeof endings;

const betweenKeysS = 0.004;

/** Types `parts` with the separator's keys between them, then the ending. */
export async function scanWith(
  page: Page,
  parts: readonly string[],
  separator: Separator | string,
  ending: Ending,
): Promise<void> {
  const special = Object.hasOwn(separators, separator) ? separators[separator as Separator] : undefined;
  const between: readonly Key[] = special === undefined ? charactersOf(separator) : [special];
  const keys = parts.flatMap((part, index) => [...(index === 0 ? [] : between), ...charactersOf(part)]);
  const session = await page.context().newCDPSession(page);
  // The times are those of the scanner: on a busy machine they would otherwise be those of the machine. Nothing is waited for in
  // between, as a scanner does not.
  const began = Date.now() / 1_000;
  const sent = [...keys, endings[ending]].flatMap((key, index) => {
    const { key: name, code = '', vk = 0, ctrl = false, text } = key as Key;
    const common = { key: name, code, windowsVirtualKeyCode: vk, modifiers: ctrl ? 2 : 0 };
    const timestamp = began + index * betweenKeysS;
    const typed = text === undefined || ctrl ? {} : { text, unmodifiedText: text };
    const type = text === undefined || ctrl ? ('rawKeyDown' as const) : ('keyDown' as const);
    return [
      session.send('Input.dispatchKeyEvent', { type, ...common, ...typed, timestamp }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common, timestamp: timestamp + betweenKeysS / 2 }),
    ];
  });
  await Promise.all(sent);
  await session.detach();
}

function charactersOf(text: string): Key[] {
  return [...text].map((character) => ({ key: character, text: character }));
}
