import { sayingBy } from '../ui/say.ts';

export const t = sayingBy({
  '存在本机了，有信号就传。': 'Kept on this phone; it goes up with the next signal.',
  不写了: 'Not now',
  到村里去: 'Going to the village',
  下访: 'Outreach',
  '去哪儿、约了谁、收了什么': 'Where, who booked, what was taken',
  调研: 'Field studies',
  '题目、跑了几天、自己写的报告': 'Topic, days out, own report',
  宣讲: 'Policy talks',
  '讲了什么、给谁讲、没答上的': 'What, to whom, what could not be answered',
  阵地: 'Premises',
  '村里有什么、还缺什么': 'What the village has and lacks',
  信息员: 'Informants',
  谁愿意帮着报需要: 'Who offered to report needs',
});
