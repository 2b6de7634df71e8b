// Cameras that give no picture: seen by nobody, so they stand with the faults of the lens.
import { localName, type Texts } from '../../text/texts.ts';
import { frameMoment } from '../clock.ts';
import type { OfflineCamera } from './desk-view.ts';

export function OfflineCameras({ words, cameras }: { words: Texts; cameras: readonly OfflineCamera[] }) {
  if (cameras.length === 0) return null;
  const { kitchen, lang } = words;
  return (
    <section class="card stack">
      <h2>{kitchen.offlineTitle(cameras.length)}</h2>
      <ul>
        {cameras.map((camera) => (
          <li class="row spread">
            <a href={`/cameras/${camera.id}`}>
              {`${localName(lang, camera.restaurant)}\u00a0· ${localName(lang, camera.place)}`}
            </a>
            <span class="soft">{kitchen.offlineSince(frameMoment(camera.since, lang))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
