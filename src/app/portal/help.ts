import { html } from 'hono/html';
import { type Routes, route } from '../../contract/route.ts';
import type { MatterSettings } from '../../matters/model.ts';
import { page } from './page.ts';

export const helpRoutes = {
  'GET /help': route({
    action: 'portal.use',
    summary: 'How it works, and what is kept, for how long, and who can see it',
    async handle(desk) {
      const { reopenDays } = desk.policies.get<MatterSettings>('matters');
      return await page(desk, {
        title: '怎么用',
        path: '/help',
        open: true,
        body: html`<h1>怎么用</h1>
<ol class="steps">
<li><b>说件事。</b>不用注册，不留名字也行。写完给您一个编号、一个查询码，截图保存。</li>
<li><b>转给该管的单位。</b>从那时起定下哪天办完，为什么是那天也写给您看。</li>
<li><b>查进度。</b>扫截图上的码，或者填编号和查询码。</li>
<li><b>您说了算。</b>单位说办好了，您看了再点“办好了”；没办好就点“没办好”，退回去重办。办完 ${reopenDays} 天内又不行了，可以重新打开。</li>
<li><b>晚了要公示。</b>过了日子没办完的，写在<a href="/overdue">超期公示</a>里，单位要说明原因。</li>
</ol>
<h2>电话、上门也一样</h2>
<p>打<a href="/officials">联系干部</a>的电话、等干部来走访、到镇上说都可以，也会给您编号。</p>
<h2 id="kept">信息怎么保管</h2>
<dl class="kept">
<dt>存什么</dt><dd>您写的事、在哪儿、您愿意留的称呼和电话。不留称呼和电话，我们就不知道您是谁。您上网的地址只用来拦住恶意提交，过一个来小时就删。</dd>
<dt>谁能看</dt><dd>受理的人、承办单位的人、负责这一片的干部和领导、督查和审计的人。点了“替我保密”的，承办单位看不到您是谁。超期公示里不写您的任何信息。</dd>
<dt>存多久</dt><dd>到县里定的保管期满为止。您写的话和称呼、电话跟办理记录分开放，期满单独删掉。想早点删，当作一件事说出来就行。</dd>
<dt>在您手机上</dt><dd>只记大字、深色的选择，和两小时内看过的进度，点“退出”就没有了。</dd>
</dl>`,
      });
    },
  }),
} satisfies Routes;
