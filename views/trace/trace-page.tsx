// The layout of every page of the chain: the one layout with the chain's own stylesheet.
import { Page, type PageProps } from '../parts/page.tsx';

export function TracePage(props: Omit<PageProps, 'styles'>) {
  return <Page {...props} styles={['trace.css']} />;
}
