# 给工作人员的提醒：发件的情况

alert-outbox-paused = 现在什么也不发送：{ $reason }。确认无误后，请运维人员运行 zhice outbox resume。
alert-outbox-slow = 有答复已经等了 { $minutes } 分钟还没有发出。请运维人员运行 zhice outbox stats 查看。
alert-batch-paused = 通知 { $batch } 已暂停：{ $reason }。请检查内容后继续或撤销。
alert-trouble = { $name } 从 { $since } 起无法工作：{ $reason }。请运维人员查看。
alert-unknown = 过去一天有 { $count } 条消息不确定是否送达，没有再发。名单：zhice outbox unknown。
too-fast = 您发得有点快，我先歇一会儿。请过 { $seconds } 秒再发，之前的内容不会丢。
too-fast-group = 这里消息有点多，我先歇一会儿。请过 { $seconds } 秒再问。
