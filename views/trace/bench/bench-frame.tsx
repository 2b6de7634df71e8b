// What of a drawn page is exchanged when a node is marked, a fold opened or the zoom changed.
import type { Child } from 'hono/jsx';

export function BenchFrame({ children }: { children: Child }) {
  return (
    <div
      id="bench"
      class="stack-wide"
      hx-target="#bench"
      hx-select="#bench"
      hx-swap="outerHTML show:none"
      hx-push-url="true"
    >
      {children}
    </div>
  );
}
