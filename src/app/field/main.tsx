import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { restoreAppearance } from '../ui/appearance.ts';
import { Refused } from '../ui/client.ts';
import '../ui/tokens.css';
import './field.css';
import './forms.css';
import './print.css';
import { watchFilling } from './filling.ts';
import { Room } from './room.tsx';
import { installWorker } from './update.ts';

restoreAppearance();
watchFilling(document);
installWorker();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 12 * 60 * 60_000,
      // Whether there is a network is found out by asking: what phones say of themselves is often wrong.
      networkMode: 'always',
      // A "no" stays a "no"; only a broken connection is worth another try.
      retry: (failures, error) => !(error instanceof Refused) && failures < 2,
    },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Room />
    </QueryClientProvider>
  </StrictMode>,
);
