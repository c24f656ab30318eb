import { t } from './english.ts';
import { Part, To } from './parts.tsx';

const ways = [
  ['/field/outreach', t('下访'), t('去哪儿、约了谁、收了什么')],
  ['/field/talks', t('宣讲'), t('讲了什么、给谁讲、没答上的')],
  ['/field/studies', t('调研'), t('题目、跑了几天、自己写的报告')],
  ['/field/disputes', t('排查纠纷'), t('要报的排查、手上的纠纷')],
  ['/field/hard-cases', t('包案'), t('包的案、亲自做了什么')],
  ['/field/premises', t('阵地'), t('村里有什么、还缺什么')],
  ['/field/informants', t('信息员'), t('谁愿意帮着报需要')],
] as const;

/** The work in the village that does not begin at one household's door. */
export const GoingPart = () => (
  <Part title={t('到村里去')}>
    {ways.map(([href, name, about]) => (
      <To key={href} href={href} className="line">
        <span>{name}</span>
        <em>{about}</em>
      </To>
    ))}
  </Part>
);
