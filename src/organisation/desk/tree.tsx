import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { Trouble, Waiting } from '../../app/ui/states.tsx';

export interface Node {
  readonly id: string;
  readonly name: string;
  readonly below: number;
  readonly officials: number;
}

interface Props {
  /** Keeps the answers of different trees apart. */
  readonly name: string;
  readonly read: (parent: string | undefined) => Promise<readonly Node[]>;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** A tree that reads what is below a node when it is opened: seven hundred thousand nodes cost what is looked at. */
export const Tree = (props: Props) => (
  <ul className="tree" role="tree" onKeyDown={walk}>
    <Level {...props} parent={undefined} depth={0} />
  </ul>
);

function Level({ parent, depth, ...props }: Props & { parent: string | undefined; depth: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: [props.name, 'below', parent],
    queryFn: () => props.read(parent),
  });
  if (error !== null)
    return (
      <li role="none">
        <Trouble error={error} again={() => void refetch()} />
      </li>
    );
  if (data === undefined)
    return (
      <li role="none">
        <Waiting lines={2} />
      </li>
    );
  return data.map((node) => <Branch key={node.id} node={node} depth={depth} {...props} />);
}

function Branch({ node, depth, ...props }: Props & { node: Node; depth: number }) {
  // The first level stands open: a single county root would say nothing.
  const [open, setOpen] = useState(depth === 0 && node.below > 0);
  const on = props.chosen === node.id;
  return (
    <li role="none">
      <button
        type="button"
        role="treeitem"
        aria-selected={on}
        aria-expanded={node.below > 0 ? open : undefined}
        aria-level={depth + 1}
        className={on ? 'on' : undefined}
        ref={on ? show : undefined}
        style={{ paddingLeft: 8 + depth * 18 }}
        onClick={() => {
          props.onChoose(node.id);
          if (node.below > 0 && (on || !open)) setOpen(!open);
        }}
        onKeyDown={(event) => {
          if (node.below > 0 && event.key === 'ArrowRight') setOpen(true);
          if (node.below > 0 && event.key === 'ArrowLeft') setOpen(false);
        }}
      >
        <i aria-hidden="true">{node.below === 0 ? '' : open ? '▾' : '▸'}</i>
        {node.name}
        <small>{node.below > 0 ? node.below : ''}</small>
      </button>
      {open && (
        <ul role="group">
          <Level {...props} parent={node.id} depth={depth + 1} />
        </ul>
      )}
    </li>
  );
}

/** What was found by name may stand far below. */
const show = (button: HTMLButtonElement | null): void => button?.scrollIntoView({ block: 'nearest' });

/** Up and down walk over what is open. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=treeitem]')];
  items[items.indexOf(document.activeElement as HTMLElement) + by]?.focus();
}
