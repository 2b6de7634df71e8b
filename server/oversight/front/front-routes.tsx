// Pages for everybody: what this is and promises, what its words mean, and whether it runs and since when.
import { Hono } from 'hono';
import { AboutPage } from '../../../views/oversight/front/about-page.tsx';
import { GlossaryPage } from '../../../views/oversight/front/glossary-page.tsx';
import { PartsPage } from '../../../views/oversight/front/parts-page.tsx';
import { StatusPage } from '../../../views/oversight/front/status-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { here, page } from '../../http/respond.tsx';
import { countUnwatched } from '../../kitchen/camera/camera-store.ts';
import { ledgerSize } from '../../ledger/ledger-store.ts';
import { witnessesInShort } from '../../ledger/witness-store.ts';
import { glossary, promises } from './front-store.ts';

export function frontRoutes(deps: Deps): Hono<Env> {
  const { db, clock, config, eye, room } = deps;
  const app = new Hono<Env>();
  const [terms, promised, startedAt] = [glossary(), promises(), clock()];
  app.get('/about', (c) =>
    page(
      c,
      <AboutPage
        words={c.get('words')}
        here={here(c)}
        viewer={c.get('viewer')}
        promises={promised}
        origin={config.publicUrl}
      />,
    ),
  );
  app.get('/parts', (c) => page(c, <PartsPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} />));
  app.get('/glossary', (c) =>
    page(c, <GlossaryPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} sections={terms} />),
  );
  app.get('/status', (c) =>
    page(
      c,
      <StatusPage
        words={c.get('words')}
        here={here(c)}
        viewer={c.get('viewer')}
        startedAt={startedAt}
        now={clock()}
        storage={room.state() === 'full' ? 'full' : 'good'}
        models={eye.packs.length}
        unwatched={countUnwatched(db, clock())}
        witnesses={witnessesInShort(db, config.witnesses, clock())}
        entries={ledgerSize(db)}
      />,
    ),
  );
  return app;
}
