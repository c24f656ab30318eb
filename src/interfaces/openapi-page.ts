import { type Described, type JsonObject, exampleOf } from './openapi.ts';

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!);

const groupNames: Readonly<Record<string, string>> = {
  matters: '诉求',
  visits: '走访',
  households: '住户',
  people: '居民',
  areas: '地方',
  units: '单位',
  officials: '干部',
  accounts: '账号',
  policies: '规则',
  session: '登录',
  sessions: '登录',
  search: '检索',
  webhooks: '事件推送',
  'api-keys': '外部系统的钥匙',
  open311: 'Open311',
  pages: '网页',
  api: '接口说明',
  openapi: '接口说明',
  me: '本人',
  today: '今天',
  organisation: '机构',
};

const style = `
:root{--paper:#faf8f4;--sheet:#fff;--line:#e4ded3;--ink:#1f2328;--ink-2:#565c64;--act:#1f4e79;--wash:#f3efe7;color-scheme:light}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--sheet:#1b1f23;--line:#30363c;--ink:#e9e6e0;--ink-2:#aab0b6;--act:#8fbbe8;--wash:#23282d;color-scheme:dark}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.6 "PingFang SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif}
main{max-width:960px;margin:0 auto;padding:32px 20px 80px}h1{margin:0 0 8px}h2{margin:36px 0 8px;border-bottom:1px solid var(--line);padding-bottom:4px}
a{color:var(--act)}nav{display:flex;flex-wrap:wrap;gap:4px 14px}details{border-bottom:1px solid var(--line);padding:8px 0}summary{cursor:pointer}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{background:var(--wash);padding:10px 12px;overflow:auto;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
summary b{display:inline-block;min-width:4em;color:var(--act)}summary span{color:var(--ink-2);margin-left:10px}table{border-collapse:collapse}
th,td{text-align:left;padding:3px 16px 3px 0;vertical-align:top;font-weight:400}th{color:var(--ink-2)}p{max-width:46em}`;

const typeOf = (schema: JsonObject): string => {
  const choices = schema['enum'] as unknown[] | undefined;
  if (choices !== undefined) return choices.join(' | ');
  const inner = (schema['anyOf'] ?? schema['oneOf']) as JsonObject[] | undefined;
  if (inner !== undefined) return inner.map(typeOf).join(' 或 ');
  const named = [schema['type'], schema['format']].filter((t) => typeof t === 'string').join(' ');
  const most = schema['maxLength'] === undefined ? '' : `，最多 ${Number(schema['maxLength'])} 字`;
  return (schema['const'] === undefined ? named || '任意' : JSON.stringify(schema['const'])) + most;
};

const table = (rows: readonly (readonly [name: string, type: string, note: string])[]): string =>
  rows.length === 0
    ? ''
    : `<table>${rows.map(([name, type, note]) => `<tr><th scope="row"><code>${escape(name)}</code></th><td>${escape(type)}</td><td>${escape(note)}</td></tr>`).join('')}</table>`;

function curlOf(d: Described, url: string): string {
  const path = d.path.replace(/:(\w+)/g, (_, name: string) => {
    const parameter = d.parameters.find((p) => p.in === 'path' && p.name === name);
    return String(parameter === undefined ? name : exampleOf(parameter.schema));
  });
  const asked = d.parameters
    .filter((p) => p.in === 'query' && p.required)
    .map((p) => `${p.name}=${encodeURIComponent(String(exampleOf(p.schema)))}`);
  const line = ['curl', ...(d.method === 'GET' ? [] : ['-X', d.method]), ...(d.open ? [] : [`-b "mq=$SESSION"`])];
  if (d.upload)
    line.push(...Object.keys((d.body?.['properties'] ?? {}) as object).map((name) => `-F '${name}=@文件.xlsx'`));
  else if (d.body !== undefined)
    line.push(`-H 'content-type: application/json'`, `-d '${JSON.stringify(exampleOf(d.body))}'`);
  return [...line, `'${url}${path}${asked.length === 0 ? '' : `?${asked.join('&')}`}'`].join(' ');
}

function section(d: Described, url: string): string {
  const parameters = d.parameters.map(
    (p) => [p.name, typeOf(p.schema), `${p.in === 'path' ? '地址里' : '查询'}${p.required ? '，必填' : ''}`] as const,
  );
  const required = (d.body?.['required'] ?? []) as string[];
  const fields = Object.entries((d.body?.['properties'] ?? {}) as Record<string, JsonObject>).map(
    ([name, schema]) => [name, typeOf(schema), required.includes(name) ? '必填' : ''] as const,
  );
  return `<details id="${escape(`${d.method}${d.path}`)}"><summary><b>${d.method}</b><code>${escape(d.path)}</code><span>${escape(d.summary)}</span></summary>
<p>谁可以：${escape(d.access.join('、'))}。</p>${table(parameters)}${fields.length === 0 ? '' : `<p>提交的内容：</p>${table(fields)}`}
<pre>${escape(curlOf(d, url))}</pre></details>`;
}

/** The description for people: routes by group, who may, what is taken, and an example to try. */
export function openApiPage(described: readonly Described[], { title, url }: { title: string; url: string }): string {
  const groups = [...Map.groupBy(described, (d) => d.group)].toSorted(
    ([a], [b]) => Number(a === 'pages') - Number(b === 'pages') || (a < b ? -1 : 1),
  );
  const nameOf = (group: string) => groupNames[group] ?? group;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${style}</style></head><body><main>
<h1>${escape(title)}</h1>
<p>一共 ${described.length} 个地址，和程序实际接受的一致。给程序读的：<a href="/api/openapi.json">OpenAPI 3.1</a>。地址里写着 POST 的，提交和回答都是 JSON；没办成的，回答里有原因代码 <code>refused</code>、要改的那一项 <code>field</code> 和一句话 <code>message</code>。同一个 <code>command</code> 编号提交两次只办一次。</p>
<p>外部系统：登记和查询用 Open311；要随时知道进展，请管理员加一个事件推送地址。推送的签名在 <code>minqing-signature</code>：<code>t=秒,v1=HMAC-SHA256(密钥, "秒.正文")</code>，编号在 <code>minqing-delivery</code>，同一编号可能收到不止一次。</p>
<nav aria-label="分组">${groups.map(([group, of]) => `<a href="#${escape(group)}">${escape(nameOf(group))} ${of.length}</a>`).join('')}</nav>
${groups.map(([group, of]) => `<h2 id="${escape(group)}">${escape(nameOf(group))}</h2>${of.map((d) => section(d, url)).join('')}`).join('\n')}
</main></body></html>`;
}
