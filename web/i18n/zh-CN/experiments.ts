import type { Experiments } from '../en/experiments.ts';

export const experiments: Experiments = {
  label: '实验',
  close: '收起这个实验',
  waiting: '请稍候……',
  questions: {
    cut: {
      question: '服务器调用 recv(4)，你一次发送“你好，世界”，共 15 字节。会收到几次应答？哪些字符保持完整？',
      act: '发送',
      after:
        '四次：4、4、4 和 3 字节。TCP 是字节流，既不保留 send() 的边界，也不管字符在哪里结束，消息的边界要由程序自己确定（俗称的“粘包/拆包”）。',
    },
    halfClose: {
      question: '你发出最后一段数据后调用 shutdown(SHUT_WR)。服务器还能应答吗？',
      act: '发送并半关闭',
      after:
        '能：你的 FIN 只结束了你的发送方向。先收到应答，然后才是服务器的 FIN。选择 shutdown 那一行，可以看到状态的变化。',
    },
    oneAtATime: {
      question: '两个客户端，服务器一次只服务一个。点击“播放演示”：B 什么时候得到应答？在此之前它是否已连接？',
      act: '查看答案',
      after: 'B 立即由内核建立连接，并在 accept 队列中等待；A 离开后才得到应答。多线程服务器会同时应答两者。',
    },
    beServer: {
      question: '你在监听。有客户端连接并发送数据，而你还没有调用 accept()。它连接上了吗？数据在哪里？',
      act: '让一个客户端连接',
      after: '已经连接：三次握手由内核完成，数据在接收缓冲区里。它在你的 accept 队列中，等你按下“接受”。',
    },
    twoLetters: {
      question: "服务器已关闭：它的 FIN 已到，recv() 返回了 b''。你发送两次。失败的是第一次还是第二次？",
      act: '发送两次',
      after:
        '第二次。第一次发送只是把数据交给了自己的内核；对端已没有程序持有那个套接字，对端内核于是用 RST 应答。第二次发送遇到了它：BrokenPipeError。',
    },
    wrong: {
      question: '本机的 64999 端口没有程序监听。发往那里的 SYN 会得到什么应答？Python 会抛出什么异常？',
      act: '连接到该端口',
      after: '内核自己立即用 RST 应答：ConnectionRefusedError。如果没有任何应答，connect() 会等待好几分钟。',
    },
  },
};
