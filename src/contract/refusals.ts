/** What a refusal says to a person: what is wrong and what to do. Features add their own beside their rules. */
export type Sentences = Readonly<Record<string, string>>;

export const commonRefusals = {
  'access.denied': '没有找到，或者不在您的权限范围内。需要办理的话，请联系本单位管理员。',
  'access.sign-in': '请先登录。',
  'ledger.conflict': '别人刚刚改过这条记录。请刷新后看看最新情况，再决定要不要改。',
  'ledger.id-taken': '这个操作编号已经用过了，请重新提交一次。',
  'input.invalid': '填写的内容有误，请按提示修改。',
  'input.json': '提交的内容不是有效的 JSON，请检查格式。',
  'input.form': '提交的表单不完整，请刷新页面后重新提交。',
  'input.text': '内容里有无法保存的字符（常是从别处粘贴带来的），请删掉标出处的特殊字符后再试。',
  'input.day': '日期超出了范围，请写 1900 年到 2999 年之间的日期。',
  'input.deep': '提交的内容层次太多，请简化后再试。',
  'input.too-large': '提交的内容太大，请减少后再试。',
  'limit.too-many': '操作太频繁，请过一分钟再试。',
  'route.unknown': '没有这个地址。',
  'server.error': '系统出了问题，内容没有保存。请稍后再试；如果一直这样，请告诉管理员，并报上这个编号。',
} as const satisfies Sentences;

/** The same refusals in English: one without does not compile. */
export type InEnglish<S extends Sentences> = Readonly<Record<keyof S, string>>;

/** HTTP status of a refusal: what the asker can mend is 422, what stands in the way is 409. */
export function statusOf(code: string, field: string | undefined): 401 | 403 | 404 | 409 | 413 | 422 | 429 {
  if (code === 'access.sign-in') return 401;
  if (code === 'access.denied' || code === 'route.unknown') return 404;
  if (code === 'input.too-large') return 413;
  if (code.startsWith('limit.')) return 429;
  if (code.startsWith('input.') || field !== undefined) return 422;
  return 409;
}
