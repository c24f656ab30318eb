import { useNavigate, useParams } from '@tanstack/react-router';
import { useKeys } from '../../app/ui/keys.ts';
import { MatterPane } from './matter-pane.tsx';

/** One matter on a page of its own, to link to, to print, and for narrow screens. */
export function MatterScreen() {
  const { id } = useParams({ strict: false });
  const navigate = useNavigate();
  useKeys({ u: () => void navigate({ to: '/matters' }) });
  return <main><MatterPane id={id!} /></main>;
}
