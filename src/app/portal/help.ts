import { html } from 'hono/html';
import { type Routes, route } from '../../contract/route.ts';
import type { MatterSettings } from '../../matters/model.ts';
import { t } from './english.ts';
import { page } from './page.ts';

export const helpRoutes = {
  'GET /help': route({
    action: 'portal.use',
    summary: 'How it works, and what is kept, for how long, and who can see it',
    async handle(desk) {
      const { reopenDays } = desk.policies.get<MatterSettings>('matters');
      return await page(desk, {
        title: t('怎么用'),
        path: '/help',
        open: true,
        body: html`<h1>${t('怎么用')}</h1>
<ol class="steps">
<li><b>${t('说件事。')}</b>${t('不用注册，不留名字也行。写完给您一个编号、一个查询码，截图保存。')}</li>
<li><b>${t('转给该管的单位。')}</b>${t('从那时起定下哪天办完，为什么是那天也写给您看。')}</li>
<li><b>${t('查进度。')}</b>${t('扫截图上的码，或者填编号和查询码。')}</li>
<li><b>${t('您说了算。')}</b>${t('单位说办好了，您看了再点“办好了”；没办好就点“没办好”，退回去重办。办完 {days} 天内又不行了，可以重新打开。', { days: reopenDays })}</li>
<li><b>${t('晚了要公示。')}</b>${t('过了日子没办完的，写在')}<a href="/overdue">${t('超期公示')}</a>${t('里，单位要说明原因。')}</li>
</ol>
<h2>${t('电话、上门也一样')}</h2>
<p>${t('打')}<a href="/officials">${t('联系干部')}</a>${t('的电话、等干部来走访、到镇上说都可以，也会给您编号。')}</p>
<h2 id="kept">${t('信息怎么保管')}</h2>
<dl class="kept">
<dt>${t('存什么')}</dt><dd>${t('您写的事、在哪儿、您愿意留的称呼和电话。不留称呼和电话，我们就不知道您是谁。您上网的地址只用来拦住恶意提交，过一个来小时就删。')}</dd>
<dt>${t('谁能看')}</dt><dd>${t('受理的人、承办单位的人、负责这一片的干部和领导、督查和审计的人。点了“替我保密”的，承办单位看不到您是谁。超期公示里不写您的任何信息。')}</dd>
<dt>${t('存多久')}</dt><dd>${t('到县里定的保管期满为止。您写的话和称呼、电话跟办理记录分开放，期满单独删掉。想早点删，当作一件事说出来就行。')}</dd>
<dt>${t('在您手机上')}</dt><dd>${t('只记大字、深色的选择，和两小时内看过的进度，点“退出”就没有了。')}</dd>
</dl>`,
      });
    },
  }),
} satisfies Routes;
