/**
 * Every environment variable of the product, in one place: name, default, meaning, check.
 * `.env.example` is made from this list and a test keeps it true.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StorageProblem } from './problem.ts';

export interface Environment {
  port: number;
  host: string;
  /** Absolute path of the data folder. */
  dataFolder: string;
  /** A PostgreSQL server; when absent the embedded one is started in the data folder. */
  databaseUrl?: string;
  /** 32 bytes; when absent the key file in the data folder is used, see `readKey`. */
  key?: Uint8Array;
  /** Origin (and path) residents reach, without a trailing slash. */
  publicUrl: string;
  /** The server letters go out by; absent where none go out. */
  mail?: { readonly url: string; readonly from: string };
  /** Where text messages are put for a gateway; absent where none are sent. */
  smsFolder?: string;
}

interface Variable {
  name: string;
  fallback: string;
  meaning: readonly string[];
  schema: z.ZodType<unknown, string>;
}

const checkout = resolve(import.meta.dirname, '../..');

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function isKey(value: string): boolean {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === value;
}

const variables = [
  {
    name: 'PORT',
    fallback: '8080',
    meaning: ['网页服务的端口，0 到 65535；0 表示由系统挑一个空闲的'],
    schema: z
      .string()
      .regex(/^\d{1,5}$/, '应是 0 到 65535 的整数')
      .transform(Number)
      .refine((port) => port <= 65535, '应是 0 到 65535 的整数'),
  },
  {
    name: 'HOST',
    fallback: '127.0.0.1',
    // Sign-in over plain HTTP must not reach a network by accident; a reverse proxy with TLS
    // on the same machine needs nothing more than loopback.
    meaning: [
      '监听的地址。默认只有本机能访问：登录不应以明文走网络，对外请在前面放带 HTTPS 的反向代理',
      '（容器里或反向代理在另一台机器时填 0.0.0.0）',
    ],
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/, '应是 IP 地址或主机名，不带端口和空格'),
  },
  {
    name: 'MINQING_DATA',
    fallback: '',
    meaning: ['数据文件夹：内置数据库、附件、密钥都在里面。默认是程序所在文件夹下的 data'],
    schema: z
      .string()
      .refine((path) => !path.includes('\0'), '不能含空字符')
      .transform((path) => (path === '' ? join(checkout, 'data') : path)),
  },
  {
    name: 'DATABASE_URL',
    fallback: '',
    meaning: [
      'PostgreSQL 15 或更高版本的地址，例如 postgresql://minqing:密码@db.example:5432/minqing',
      '不填则在数据文件夹里启动内置数据库',
    ],
    schema: z
      .string()
      .refine(
        (url) => url === '' || isUrl(url, ['postgres:', 'postgresql:']),
        '应以 postgresql:// 开头，密码里的特殊字符要写成 %XX',
      ),
  },
  {
    name: 'MINQING_KEY',
    fallback: '',
    meaning: [
      '加密个人信息的密钥：32 字节的 base64，用 openssl rand -base64 32 生成。丢了密钥，个人信息无法恢复',
      '不填则首次启动时在数据文件夹里生成 key 文件（只有本用户可读）',
    ],
    schema: z
      .string()
      .refine((key) => key === '' || isKey(key), '应是 32 字节的 base64，共 44 个字符')
      .transform((key) => (key === '' ? undefined : new Uint8Array(Buffer.from(key, 'base64')))),
  },
  {
    name: 'MINQING_PUBLIC_URL',
    fallback: '',
    meaning: ['群众手机访问的网址，印在二维码里。默认是 http://localhost:端口'],
    schema: z
      .string()
      .refine((url) => url === '' || isUrl(url, ['http:', 'https:']), '应以 http:// 或 https:// 开头')
      .refine(
        (url) => !isUrl(url, ['http:', 'https:']) || (new URL(url).search === '' && new URL(url).hash === ''),
        '不能带 ? 或 # 后面的部分',
      )
      .transform((url) => url.replace(/\/+$/, '')),
  },
  {
    name: 'OIDC_CLIENT_SECRET',
    fallback: '',
    meaning: ['统一身份认证（OIDC）给本系统的客户端密钥。用账号密码登录的不用填；认证地址等在“规则”里设置'],
    schema: z
      .string()
      .max(500, '太长了')
      .transform((secret) => (secret === '' ? undefined : secret)),
  },
  {
    name: 'SMTP_URL',
    fallback: '',
    meaning: [
      '发通知邮件的服务器，例如 smtp://用户名:密码@mail.example.gov.cn:587 或 smtps://…:465，密码里的特殊字符要写成 %XX',
      '不填就不发邮件',
    ],
    schema: z.string().refine((url) => url === '' || isUrl(url, ['smtp:', 'smtps:']), '应以 smtp:// 或 smtps:// 开头'),
  },
  {
    name: 'MAIL_FROM',
    fallback: '',
    meaning: ['通知邮件的发件地址，例如 minqing@example.gov.cn。填了 SMTP_URL 就要填'],
    schema: z
      .string()
      .refine((from) => from === '' || z.email().safeParse(from).success, '应是邮件地址，例如 minqing@example.gov.cn'),
  },
  {
    name: 'SMS_FOLDER',
    fallback: '',
    meaning: [
      '填 yes 就把要发的短信写进数据文件夹的 sms 里，一条一个文件，由短信网关取走；回执也放回那里。格式见说明书',
      '不填就不发短信',
    ],
    schema: z.string().refine((value) => value === '' || value === 'yes', '填 yes 或不填'),
  },
] as const satisfies readonly Variable[];

type Name = (typeof variables)[number]['name'];
type Value<N extends Name> = z.output<Extract<(typeof variables)[number], { name: N }>['schema']>;

/**
 * Checks the variables and gives them their types. An empty value counts as absent, as in `.env` files.
 * @throws StorageProblem `environment` that lists every problem at once, unknown MINQING_ names included:
 *   a misspelt MINQING_DATA would otherwise put the data in another folder without a word.
 */
export function readEnvironment(source: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const problems: string[] = [];
  const read = <N extends Name>(name: N): Value<N> => {
    const variable = variables.find((candidate) => candidate.name === name)!;
    const result = variable.schema.safeParse(source[name]?.trim() || variable.fallback);
    if (result.success) return result.data as Value<N>;
    const given = ['MINQING_KEY', 'DATABASE_URL', 'SMTP_URL'].includes(name) ? '' : `（现为「${source[name]}」）`;
    problems.push(`环境变量 ${name} 不对：${result.error.issues[0]?.message}${given}`);
    return undefined as Value<N>;
  };

  const port = read('PORT');
  const host = read('HOST');
  const dataFolder = read('MINQING_DATA');
  const databaseUrl = read('DATABASE_URL');
  const key = read('MINQING_KEY');
  const publicUrl = read('MINQING_PUBLIC_URL');
  read('OIDC_CLIENT_SECRET');
  const smtp = read('SMTP_URL');
  const from = read('MAIL_FROM');
  if (smtp !== undefined && smtp !== '' && from === '') problems.push('填了 SMTP_URL，还要用 MAIL_FROM 写明发件地址');
  const sms = read('SMS_FOLDER');
  for (const name of Object.keys(source)) {
    if (name.startsWith('MINQING_') && !variables.some((variable) => variable.name === name)) {
      problems.push(`环境变量 ${name} 不认识：可用的是 ${variables.map((variable) => variable.name).join('、')}`);
    }
  }
  if (problems.length > 0) throw new StorageProblem('environment', problems.join('\n'));

  return {
    port,
    host,
    dataFolder: resolve(dataFolder),
    ...(databaseUrl && { databaseUrl }),
    ...(key && { key }),
    publicUrl: publicUrl || `http://localhost:${port}`,
    ...(smtp && { mail: { url: smtp, from } }),
    ...(sms && { smsFolder: join(resolve(dataFolder), 'sms') }),
  };
}

/**
 * Reads `.env` in the current folder, if there is one, and then the environment.
 * Variables that are really set win over the file.
 * @throws StorageProblem as `readEnvironment`, or when `.env` cannot be read
 */
export function loadEnvironment(): Environment {
  const file = resolve('.env');
  if (existsSync(file)) {
    try {
      process.loadEnvFile(file);
    } catch (cause) {
      throw new StorageProblem('environment', `读不了 ${file}，请检查它的权限和内容`, { cause });
    }
  }
  return readEnvironment();
}

/** The text of `.env.example`: every variable with its meaning, commented out at its default. */
export function environmentExample(): string {
  const head = '# 复制为 .env 后按需修改；真正的环境变量优先于此文件。\n';
  const blocks = variables.map(
    (variable) => `${variable.meaning.map((line) => `# ${line}\n`).join('')}#${variable.name}=${variable.fallback}\n`,
  );
  return [head, ...blocks].join('\n');
}
