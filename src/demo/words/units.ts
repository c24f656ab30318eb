/** The county's units: twelve township governments and the forty-eight below, sixty in all. */
export interface UnitWords {
  readonly name: string;
  /** How its people name it in speech. */
  readonly short: string;
  readonly sections: readonly string[];
  readonly enterprise?: true;
}

const bureau = (short: string, sections: string): UnitWords => ({ name: `清河县${short}`, short: `县${short}`, sections: sections.split(' ') });
const enterprise = (short: string, sections: string): UnitWords => ({ ...bureau(short, sections), enterprise: true });

export const DEPARTMENTS = {
  office: bureau('人民政府办公室', '综合股 信息化股'),
  inspectorate: bureau('人民政府督查室', '督查一组 督查二组'),
  masswork: { name: '清河县群众工作部（信访局）', short: '县群众工作部', sections: ['接访股', '办信股', '督办股'] },
  approval: bureau('行政审批服务局', '政务服务中心 热线受理股'),
  development: bureau('发展和改革局', '价格股 项目股'),
  education: bureau('教育局', '基础教育股 学生资助中心 校园安全股'),
  industry: bureau('工业和信息化局', '企业服务股 通信协调股'),
  police: bureau('公安局', '治安大队 户政大队 反诈中心'),
  traffic: bureau('公安局交警大队', '秩序中队 车驾管股 设施股'),
  civil: bureau('民政局', '社会救助股 养老服务股 区划地名股'),
  justice: bureau('司法局', '人民调解股 法律援助中心'),
  finance: bureau('财政局', '农业股 惠民补贴股'),
  labour: bureau('人力资源和社会保障局', '劳动监察大队 养老保险股 就业服务中心'),
  insurance: bureau('医疗保障局', '待遇保障股 经办中心'),
  land: bureau('自然资源局', '不动产登记中心 耕地保护股 执法大队'),
  ecology: bureau('生态环境局', '水环境股 大气股 执法大队'),
  housing: bureau('住房和城乡建设局', '物业管理股 村镇建设股 质量安全站'),
  city: bureau('城市管理局', '市政股 环卫所 执法大队'),
  transport: bureau('交通运输局', '农村公路股 运输管理所'),
  water: bureau('水利局', '农村水利股 河湖管理股 饮水安全股'),
  agriculture: bureau('农业农村局', '种植业股 畜牧兽医股 宅基地股'),
  commerce: bureau('商务局', '市场建设股 流通股'),
  culture: bureau('文化旅游局', '公共服务股 市场股'),
  health: bureau('卫生健康局', '医政股 基层卫生股 妇幼股'),
  veterans: bureau('退役军人事务局', '安置股 优抚股'),
  emergency: bureau('应急管理局', '减灾救灾股 监管股'),
  audit: bureau('审计局', '民生审计股 投资审计股'),
  market: bureau('市场监督管理局', '消费维权股 食品股 特种设备股'),
  statistics: bureau('统计局', '农业股 综合股'),
  forestry: bureau('林业局', '资源股 野生动物保护股'),
  disabled: bureau('残疾人联合会', '康复股 就业股'),
  women: bureau('妇女联合会', '权益股 家庭股'),
  union: bureau('总工会', '保障股 维权股'),
  fire: bureau('消防救援大队', '防火股 法制股'),
  tax: bureau('税务局', '征管股 纳税服务股'),
  fund: bureau('住房公积金管理部', '归集股 贷款股'),
  highway: bureau('公路事业发展中心', '养护股 路政股'),
  people: bureau('人民医院', '医务科 客服中心'),
  herbal: bureau('中医院', '医务科 客服中心'),
  power: enterprise('供电公司', '运维部 客户服务部'),
  tap: enterprise('自来水公司', '管网部 客户服务部'),
  gas: enterprise('燃气公司', '安检部 客户服务部'),
  heat: enterprise('供热公司', '生产部 客户服务部'),
  bus: enterprise('公共汽车公司', '营运部 安全部'),
  telecom: enterprise('电信分公司', '网络部 客户服务部'),
  cable: enterprise('广电网络公司', '网络部 客户服务部'),
  bank: enterprise('农村商业银行', '网点管理部 客户服务部'),
  post: enterprise('邮政分公司', '投递部 客户服务部'),
} as const satisfies Record<string, UnitWords>;

/** The unit a story belongs to; `township` is the government of the place where it happens. */
export type UnitKey = keyof typeof DEPARTMENTS | 'township';

/** A township government's own sections. */
export const TOWNSHIP_SECTIONS = ['党政办公室', '便民服务中心', '农业农村服务站', '社会事务办', '村镇建设办', '综合执法队', '应急管理站', '财政所'] as const;
