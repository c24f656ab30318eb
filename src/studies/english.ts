import { sayingBy } from '../language/saying.ts';

export const t = sayingBy({
  政策执行: 'How a policy is carried out',
  好做法: 'Good practice',
  问题: 'Problem',
  没有分类: 'No kind yet',
});
