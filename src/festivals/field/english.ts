import { sayingBy } from '../../app/ui/say.ts';

/** The sentences of festival visits on the phone. */
export const t = sayingBy({
  节前慰问: 'Festival visits',
  '{name}慰问，{day}前': '{name} visit, before {day}',
  还没有去看: 'Not visited yet',
  '{day}去看过': 'Visited {day}',
  '见到人、记一笔，就算去过，不用另外填。': 'Meeting them and writing the note counts; nothing else to fill in.',
  等批准: 'Waits for approval',
  '批准了，还没有送到': 'Approved, not handed over yet',
  没有批准: 'Not approved',
  '送到了，已签收': 'Handed over and signed for',
  家里不要: 'The household does not want it',
  '送到了，请签收': 'Handed over: let them sign',
  谁来签收: 'Who signs',
  请签收: 'Sign',
  算了: 'Not now',
  家里不要的原因: 'Why they do not want it',
  记下: 'Write down',
  '请写一句。': 'Please write a sentence.',
  '签收了。': 'Signed for.',
  '记下了。': 'Written down.',
});
