import { sayingBy } from '../../app/ui/say.ts';

/** What these screens say, in English, by the Chinese. */
export const t = sayingBy({
  政策变了: 'Policy changes',
  登记一次变动: 'Announce a change',
  '政策变了，以前因为它办不了的事列在下面，一件一件重新看。重新办的会告诉本人。':
    'A policy changed: what it stood in the way of is listed below, to be looked at one by one. The resident is told.',
  哪条政策: 'Which policy',
  照以前答复群众时写的名称: 'by the name it was given when people were told no',
  现在怎么规定: 'What it says now',
  会讲给群众听: 'people are told this',
  依据: 'By which paper',
  '文件名称、文号': 'name and number',
  从哪天起: 'From which day',
  '登记，列出相关的事': 'Announce it, list the matters',
  登记了: 'Announced',
  还没有政策变动: 'No policy changed',
  '政策库里的文件改了、撤了，会自己列进来；其他文件变了，在这里登记。':
    'What changes in the policy library comes by itself; other papers are announced here.',
  '{source}，{day} 起': '{source}, from {day}',
  没有因为它办不了的事: 'Nothing was in its way',
  '（内容已按规定删除）': '(removed, as the rules require)',
  '{unit}，{day} 答复办不了': '{unit}, said no on {day}',
  '，已销号': ', closed',
  重新办: 'Take up again',
  帮不上: 'Does not help',
  为什么帮不上: 'Why it does not help',
  记下: 'Note',
  '重新办了，等着告知本人。': 'Taken up again; the resident has to be told.',
  哪些政策挡着事: 'Policies in the way',
  政策: 'Policy',
  挡着: 'In the way of',
  没销号的: 'Not closed',
});
