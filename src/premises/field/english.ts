import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  阵地: 'Premises',
  '没有联系到您名下的村。': 'No village is bound to you.',
  '联系的村定了，这里就有该有的清单。': 'Once a village is bound to you, its lists stand here.',
  有: 'There',
  不全: 'Partly',
  没有: 'Missing',
  还没看: 'Not seen',
  '{there}/{all} 项有': '{there} of {all} there',
  现在怎么样: 'How it stands',
  看到什么: 'What was seen',
  '不用照片，写一句就行': 'A sentence; no photo is asked for',
  记下: 'Write down',
  '记下了。': 'Written down.',
  '请先点有、不全还是没有。': 'Please choose first: there, partly or missing.',
  '{day} 前补齐，{who}负责': '{who}, by {day}',
});
