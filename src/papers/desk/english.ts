import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  // kinds
  受理告知书: 'Notice of acceptance',
  不予受理告知书: 'Notice of refusal to accept',
  转送函: 'Letter of transfer',
  交办函: 'Letter of assignment',
  延期告知书: 'Notice of extension',
  处理意见书: 'Written opinion',
  复查意见书: 'Review opinion',
  复核意见书: 'Re-review opinion',
  督办单: 'Supervision order',
  调解协议书: 'Mediation agreement',
  会议纪要: 'Minutes',
  民情台账: 'Monthly ledger',
  // a matter's, and one that no step gives
  文书和卷宗: 'Papers and file',
  文书由办理的步骤给出: 'Steps give papers',
  '受理、不予受理、转送交办、延期、处理意见、复查复核、督办、调解协议、会议纪要，办了那一步就有了文号。':
    'Accepting, refusing, sending on, extending, the opinion, reviews, orders, agreements and minutes: taking the step numbers its paper.',
  这件事还没有文书: 'This matter has no papers yet',
  '走信访程序的，转送、受理、延期、出处理意见时自动编号成文；别的事直接告知本人，不出文书。':
    'A petition gets numbered papers when it is sent on, accepted, extended and answered; of other matters people are told directly.',
  '{name}（{number}）': '{name} ({number})',
  回到这件事: 'Back to the matter',
  发文登记: 'Register of papers',
  '发出，文号 {number}': 'Issue as {number}',
  '{name}已发出。': '{name} issued.',
  '这些字字体里没有：{signs}。PDF 里显示为“〓”，Word 里不受影响；发给群众前请手写补上。':
    'No font has these characters: {signs}. In the PDF they stand as 〓, in Word as they are. Write them in by hand.',
  '共 {pages} 页。虚线圈是盖章的位置，不会印出来。':
    '{pages} pages. The dashed circle is where the seal goes; it is not printed.',
  '下载一案一卷（全卷 PDF）': 'The whole file (PDF)',
  '打开会记入“谁看过”。': 'Opening it is noted in who-looked.',
  // register
  '每个单位、每种文书、每年各编各的号，不跳号；作废的也占号。':
    'Each unit counts each kind by itself each year, without gaps; a void one keeps its number.',
  还没有发出过文书: 'No paper was issued yet',
  '转送、受理、延期、出处理意见、督办、达成调解、开会时，系统按范本写好，旁边就能看到，办了就发出。':
    'When a step is taken that gives a paper, it is written by the template and shown beside the form; taking the step issues it.',
  文号: 'Number',
  文书: 'Paper',
  单位: 'Unit',
  日期: 'Date',
  谁发的: 'Issued by',
  送达: 'Served',
  '{day}，{way}': '{day}, {way}',
  还没有送到: 'Not served yet',
  '发给{unit}': 'To {unit}',
  页数: 'Pages',
  已作废: 'Void',
  所有文书: 'All papers',
  哪一种文书: 'Which kind',
  // one
  没有找到这份文书: 'There is no such paper',
  '可能不在您的权限范围内，或者地址不对。': 'It may not be yours to see, or the address is wrong.',
  '{unit}，{issuedBy}发出': '{unit}, issued by {issuedBy}',
  没有送达的证明: 'No proof of service yet',
  PDF: 'PDF',
  Word: 'Word',
  打印: 'Print',
  作废: 'Declare void',
  '作废：{reason}（{by}）': 'Void: {reason} ({by})',
  '反映人要求保密：这里不显示姓名，文件只有能回访的人可以下载。':
    'Whoever raised it asked for confidence: no name is shown here; only who may call back gets the file.',
  '这份文书只有负责的单位和能回访的人可以打开。': 'Only the unit in charge, and who may call back, opens this paper.',
  '保管期满，内容已按规定删除，只留下登记。': 'Its time was over: what stood on it was erased, the entry remains.',
  '文件指纹（SHA-256）': 'Fingerprints (SHA-256)',
  为什么作废: 'Why it is void',
  '作废这份文书，文号不再使用': 'Declare it void; its number is not used again',
  '{number} 已作废。': '{number} is void.',
});
