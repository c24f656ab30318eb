import { useParams } from '@tanstack/react-router';
import { MatterPane } from './matter-pane.tsx';

/** One matter on a page of its own, to link to, to print, and for narrow screens. */
export function MatterScreen() {
  const { id } = useParams({ strict: false });
  return (
    <main>
      <MatterPane id={id!} />
    </main>
  );
}
