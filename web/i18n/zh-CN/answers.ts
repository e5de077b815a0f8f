import type { AnswerWords } from '../en/answers.ts';

export const answers: AnswerWords = {
  label: '自动应答',
  kind: '应答方式',
  kinds: { hand: '手动', echo: '回显', fixed: '固定', rules: '规则', relay: '中继' },
  about: {
    hand: '由你来接受连接并应答。',
    echo: '自动接受每个连接，收到什么就发回什么。',
    fixed: '自动接受每个连接，每收到一行就发送这些字节。',
    rules:
      '自动接受每个连接。先写步骤：send、readUntil、pause 200、end；再写规则：on "字节"、on line、on line "字节"、on any，后面跟 send "…"、echo、pause 200、end、reset、close，用逗号隔开',
    relay:
      '自动接受每个连接，并转到这个服务器：客户端和服务器发送的内容互相转送，两条连接显示在同一张时序图里。上方的“选项”和“故障”用于到服务器的连接。',
  },
  fixed: '应答内容',
  rules: '规则',
  rulesExample:
    '# 对每个连接执行\nsend "220 hi\\r\\n"\non line "PING" send "PONG\\r\\n"\non line "QUIT" pause 200, send "bye\\r\\n", end\non line echo',
  apply: '照此应答',
  applied: '从现在起照此应答。',
  relay: {
    label: '中继',
    host: '服务器主机',
    port: '服务器端口',
    apply: '转到这里',
    applied: (server) => `从现在起转到 ${server}。让你的客户端连接上面的地址，代替服务器的地址。`,
    toItself: '这就是本监听套接字：它会不停地连接自己。请选择别的服务器。',
    legs: (client, server) => `客户端在 ${client} 上发送的内容经 ${server} 送到服务器，服务器发送的内容原路返回。`,
    show: (leg) => `查看 ${leg}`,
  },
};
