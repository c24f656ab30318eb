import { type ReactNode, Suspense, lazy } from 'react';

export interface Option {
  readonly value: string;
  readonly name: string;
  /** Said in small beside the name. */
  readonly detail?: string;
}

export interface ChooseProps {
  readonly id: string;
  readonly value: string | undefined;
  readonly placeholder?: string | undefined;
  /** What it is called for the ear, where no label stands beside it. */
  readonly label?: string | undefined;
  readonly options: readonly Option[];
  /** Whether it may be emptied again: the cross is one more stop for the Tab key. */
  readonly clearable?: boolean;
  /** Whether it waits for typing at once. */
  readonly first?: boolean;
  readonly loading?: boolean;
  /** What is said when nothing fits. */
  readonly nothing?: ReactNode;
  /** Where the options are looked up as one types; without it they are filtered here. */
  readonly onType?: (typed: string) => void;
  readonly onChoose: (value: string | undefined) => void;
}

const load = () => import('./choose-box.tsx');
const Box = lazy(load);

/** Fetches the select while nothing else is to do, so that it is there when a form opens. */
export function fetchChoose(): void {
  if ('requestIdleCallback' in window) requestIdleCallback(() => void load());
  else setTimeout(() => void load(), 2_000);
}

/** Chooses one of many by typing part of its name. */
export const Choose = (props: ChooseProps) => (
  <Suspense fallback={<div className="plain choose-coming">{props.placeholder}</div>}>
    <Box {...props} />
  </Suspense>
);
