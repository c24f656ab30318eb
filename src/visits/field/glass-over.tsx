import { type ComponentProps, Suspense, lazy } from 'react';
import { Waiting } from '../../app/ui/states.tsx';

// Loaded when somebody takes the pen: the rest of the day needs none of it.
const Glass = lazy(async () => ({ default: (await import('./glass.tsx')).Glass }));

/** The sheet of glass to sign on, over the page. */
export const GlassOver = (props: ComponentProps<typeof Glass>) => (
  <Suspense fallback={<Waiting />}>
    <Glass {...props} />
  </Suspense>
);
