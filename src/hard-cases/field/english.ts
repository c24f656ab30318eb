import { sayingBy } from '../../app/ui/say.ts';

/** What these screens say, in English, by the Chinese. */
export const t = sayingBy({
  见本人: 'Met',
  到现场: 'Went there',
  协调: 'Co-ordinated',
  答复: 'Answered',
  包案: 'Hard cases',
  '手上没有包案。': 'No hard cases in hand.',
  '您包的、您在专班里的，会到这里。': 'Those you own or work on come here.',
  '亲自 {own} 次，别人 {delegated} 次': '{own} in person, {delegated} by others',
  '{day} 前办结': 'to be finished by {day}',
  '记下了。': 'Noted.',
  做了什么: 'What was done',
  '还没有。做一次记一笔。': 'Nothing yet. Note each time.',
  是我做的: 'I did it',
  我没有做: 'I did not',
  记一笔: 'Note an act',
  '请写怎么样。': 'Write how it went.',
  记下: 'Note it',
  谁做的: 'By whom',
  '{name}，等他确认': '{name}, who confirms it',
  我做的: 'I did it',
  哪天: 'Day',
  怎么样: 'How it went',
});
