import { type ReactNode, useState } from 'react';
import type { CommandKind } from '../ui/client.ts';
import { tell } from '../ui/toast.tsx';
import { t } from './english.ts';
import { type Command, outbox } from './outbox.ts';
import { Fault, Foot } from './parts.tsx';

/**
 * Keeps a command, sends it, and says how it stands.
 * @returns why it was refused, to be mended here and now; nothing when it is on its way
 */
export async function handOver<K extends CommandKind>(command: Command<K>, said: string): Promise<string | undefined> {
  const item = await outbox.send(command);
  if (item.state === 'refused') {
    void outbox.drop(item.id);
    return item.why;
  }
  tell(item.state === 'accepted' ? said : t('存在本机了，有信号就传。'));
  return undefined;
}

/** A page to write on: its one button in reach of the thumb, the way out beside it, and what keeps it from going. */
export function Sheet({
  button,
  onSend,
  onClose,
  stays = false,
  children,
}: {
  button: string;
  /** Gives why it could not be handed over; nothing when it was. */
  onSend: () => Promise<string | undefined>;
  onClose: () => void;
  /** Whether what comes after it was handed over is for whoever uses this to say. */
  stays?: boolean;
  children: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const save = async (): Promise<void> => {
    setBusy(true);
    const refused = await onSend();
    setBusy(false);
    setFault(refused);
    if (refused === undefined && !stays) onClose();
  };
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {children}
      <Fault text={fault} />
      <Foot>
        <button type="button" className="button aside" onClick={onClose}>
          {t('不写了')}
        </button>
        <button type="submit" className="button" disabled={busy}>
          {button}
        </button>
      </Foot>
    </form>
  );
}

/** One thing to fill in. */
export const Line = ({ label, note, children }: { label: string; note?: string; children: ReactNode }) => (
  <label className="field">
    <span>
      {label} {note !== undefined && <small>{note}</small>}
    </span>
    {children}
  </label>
);
