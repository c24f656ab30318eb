import { sayingBy } from './say.ts';

/** What the shared parts of the screens say. */
export const t = sayingBy({
  下访: 'Outreach',
  调研: 'Field studies',
  宣讲: 'Policy talks',
  下访调研宣讲: 'Going down to people',
  阵地: 'Premises',
  信息员: 'Informants',
  基层阵地: 'Local premises',
  '不要 {name}': 'Remove {name}',
  再加一个: 'Add one more',
});
