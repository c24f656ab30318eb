import type { RouteLevel, RoutingCatalogue } from './model.ts';

/** The kinds of units a county usually has. A county's own names stand in its organisation. */
const UNITS = {
  housing: '住房和城乡建设局', city: '城市管理局', land: '自然资源局', agriculture: '农业农村局', forestry: '林业局', water: '水利局',
  transport: '交通运输局', highway: '公路事业发展中心', traffic: '交警大队', police: '公安局', labour: '人力资源和社会保障局',
  insurance: '医疗保障局', fund: '住房公积金管理部', education: '教育局', culture: '文化旅游局', health: '卫生健康局',
  ecology: '生态环境局', civil: '民政局', veterans: '退役军人事务局', disabled: '残疾人联合会', women: '妇女联合会', market: '市场监督管理局',
  commerce: '商务局', industry: '工业和信息化局', development: '发展和改革局', justice: '司法局', emergency: '应急管理局',
  fire: '消防救援大队', tax: '税务局', bank: '农村商业银行', power: '供电公司', tap: '自来水公司', gas: '燃气公司', heat: '供热公司',
  bus: '公共汽车公司', telecom: '电信分公司', cable: '广电网络公司', post: '邮政分公司', approval: '行政审批服务局',
  finance: '财政局', township: '乡镇人民政府', village: '村（居）民委员会',
} as const;

/** Categories (ids of the default tree) each kind of unit answers for. A category not named follows the one above it. */
const COMPETENT: Record<RouteLevel, Partial<Record<keyof typeof UNITS, string>>> = {
  county: {
    housing: '01 0107 08', city: '0101 0102 0103 0104 0105', land: '0106 07 0804', power: '0902', tap: '0901', gas: '0903',
    heat: '0904', telecom: '0905', cable: '090503', development: '09 1205', agriculture: '02', forestry: '0205', water: '03', transport: '04',
    highway: '0401', bus: '0403', traffic: '0404', post: '0406', labour: '05', insurance: '0504', fund: '0507', education: '06', culture: '0606 1206',
    health: '10', ecology: '11', market: '12', commerce: '1204', police: '13', justice: '1306', fire: '1305', emergency: '1304', civil: '14',
    veterans: '1405', disabled: '1404', women: '1406', approval: '15', finance: '1504', tax: '1505', bank: '1506', industry: '1507',
  },
  township: { township: '0107 0201 0204 0206 0207 0301 0302 0402 0702 1103 1306 1403 1503' },
  village: { village: '020702 020703 130601' },
};

export const DEFAULT_ROUTES: RoutingCatalogue = {
  rules: (Object.keys(COMPETENT) as RouteLevel[]).flatMap((level) =>
    (Object.entries(COMPETENT[level]) as [keyof typeof UNITS, string][]).flatMap(([kind, categories]) =>
      categories.split(' ').map((category) => ({ category, level, unit: { kind, name: UNITS[kind] } })),
    ),
  ),
};
