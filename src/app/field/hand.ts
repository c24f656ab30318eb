import type { CommandData, CommandKind } from '../ui/client.ts';
import { sayingBy } from '../ui/say.ts';
import { tell } from '../ui/toast.tsx';
import { outbox } from './outbox.ts';

const t = sayingBy({ '存在本机了，有信号就传。': 'Kept on this phone; it goes up with the network.' });

/**
 * Sends one step from where one stands and says what became of it. What is refused is mended there and then, so it does
 * not wait in the list of unsent things.
 * @param said what to tell when it was accepted
 * @returns why it was refused; undefined when it was not
 */
export async function hand<K extends CommandKind>(
  kind: K,
  stream: string,
  data: CommandData<K>,
  title: string,
  said: string,
  seconds?: number,
): Promise<string | undefined> {
  const item = await outbox.send({ kind, stream, data, title, seconds });
  if (item.state === 'refused') {
    outbox.drop(item.id);
    return item.why ?? '';
  }
  tell(item.state === 'accepted' ? said : t('存在本机了，有信号就传。'));
  return undefined;
}
