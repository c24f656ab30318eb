import { sayingBy } from '../../app/ui/say.ts';

/** Chinese → English of a household's page at the desk. */
export const t = sayingBy({
  住户档案: 'Household',
  '{head}家': '{head}',
  '您看了这一户的档案，已经记下；他们问谁看过，就会告诉他们。':
    'That you read this file is recorded; they are told who looked when they ask.',
  没有找到这一户: 'Not found',
  '档案本身不在您的权限范围内，只列谁看过、为什么。':
    'The file itself is not in your reach; here stands only who looked, and why.',
  '可能不在您的权限范围内，或者地址不对。': 'It may lie outside what you may see, or the address is wrong.',
  家里的人: 'Who lives there',
  姓名: 'Name',
  与户主关系: 'Relation',
  出生年份: 'Born',
  电话: 'Telephone',
  同意登记的服务: 'Services agreed to',
  有: 'Yes',
  没有: 'None',
  更正: 'Correct',
  '只写要改的，其余不动': 'Only what changes',
  '改成这样，以前的写法留着可查': 'Change it; what stood before stays on record',
  '已更正。': 'Corrected.',
  门牌: 'Address',
  地方: 'Place',
  联系干部: 'Contact official',
  全家已迁出: 'Moved away',
  本人来查: 'Someone of the household asks',
  '核对身份证或本人到场后，打印这一户的全部信息交给本人。谁来查的写在下面，和打印一起记下。':
    'After seeing their papers, print everything held about this household and hand it over. Who asked is recorded with it.',
  '谁来查、怎么核对的': 'Who asked, and how you checked',
  例如: 'e.g.',
  '户主本人，看了身份证': 'The householder, identity card seen',
  打印本户全部信息: 'Print everything held',
  谁看过: 'Who looked',
  什么时候: 'When',
  谁: 'Who',
  看了什么: 'What',
  为什么: 'Why',
  '还没有人看过。': 'Nobody yet.',
  本户: 'The household',
  管服务器的人: 'Server staff',
});
