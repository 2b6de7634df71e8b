// What a reviewer is told of the last step.
import { Icon } from '../../parts/icon.tsx';

export function Notice({ text }: { text: string }) {
  return (
    <p class="note is-warn" role="status">
      <Icon name="info" />
      <span>{text}</span>
    </p>
  );
}
