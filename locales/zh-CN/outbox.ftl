# 给工作人员的提醒：发件的情况

alert-outbox-paused = 现在什么也不发送：{ $reason }。确认无误后，请运维人员运行 zhice outbox resume。
alert-outbox-slow = 有答复已经等了 { $minutes } 分钟还没有发出。请运维人员运行 zhice outbox stats 查看。
alert-batch-paused = 通知 { $batch } 出错太多，自动暂停：{ $reason }。请发 /compose 打开它，检查后继续或取消。
alert-send-blocked = { $account } 从 { $since } 起发不出消息：{ $reason }。消息都留着，恢复后自动接着发。请运维人员查看，令牌被拒绝时要换新的。
alert-poll-conflict = 有另一个程序在用同一个令牌收 { $account } 的消息，从 { $since } 起。请停掉其中一个。
alert-poll-locked = { $account } 的令牌从 { $since } 起被平台拒绝，收不到消息。请运维人员换上新令牌。
alert-poll-offline = 从 { $since } 起连不上 { $account } 的平台：{ $reason }。会一直自动重试。
alert-poll-stalled = { $account } 收到的消息从 { $since } 起存不进数据库，平台先替我们留着。请运维人员检查数据库和磁盘。
alert-unknown = 过去一天有 { $count } 条消息不确定是否送达，没有再发。名单：zhice outbox unknown。
alert-over-paused = 已恢复发送（{ $since } 起暂停过）。
alert-over-slow = 答复又能及时发出了（{ $since } 起慢过）。
alert-over-batch = 通知 { $name } 不再停着（{ $since } 起自动暂停过）。
alert-over-send = { $name } 又能发出消息了（{ $since } 起发不出）。
alert-over-poll = { $name } 又能收到消息了（{ $since } 起收不到）。
too-fast = 您发得有点快，刚才这条没有收下。请过 { $seconds } 秒，从这条接着发；之前的都在。
too-fast-group = 这里消息有点多，刚才这条没有收下。请过 { $seconds } 秒再问。
