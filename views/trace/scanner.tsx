// The camera and the photo of a form that is scanned into; scripts open it.
import { Icon } from '../parts/icon.tsx';
import type { Texts } from '../text/texts.ts';

export function Scanner({ words }: { words: Texts }) {
  const text = words.trace.shop;
  return (
    <div class="scanner" data-scanner hidden>
      <video class="scan-view" playsinline muted hidden data-video></video>
      <p class="small soft" data-hint hidden>
        {words.trace.scan.sizeHint}
      </p>
      <p class="small soft" role="status" aria-live="polite" data-said></p>
      <div class="row">
        <button class="btn main" type="button" data-camera hidden data-stop={text.cameraStop}>
          <Icon name="scan" />
          <span>{text.camera}</span>
        </button>
        <button class="btn" type="button" data-torch hidden>
          {words.trace.scan.torch}
        </button>
        <label class="btn">
          <Icon name="photo" />
          {text.photo}
          <input class="hide" type="file" accept="image/*" capture="environment" data-photo />
        </label>
      </div>
    </div>
  );
}
