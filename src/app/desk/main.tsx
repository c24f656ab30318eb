import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { restoreAppearance } from '../ui/appearance.ts';
import { fetchChoose } from '../ui/choose.tsx';
import { Refused } from '../ui/client.ts';
import '../ui/tokens.css';
import './desk.css';
import { router } from './router.tsx';

restoreAppearance();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A "no" stays a "no"; only a broken connection is worth another try.
      retry: (failures, error) => !(error instanceof Refused) && failures < 2,
    },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
fetchChoose();
