# 給工作人員的提醒：發件的情況

alert-outbox-paused = 現在什麼也不傳送：{ $reason }。確認無誤後，請維運人員執行 zhice outbox resume。
alert-outbox-slow = 有答覆已經等了 { $minutes } 分鐘還沒有送出。請維運人員執行 zhice outbox stats 查看。
alert-batch-paused = 通知 { $batch } 出錯太多，自動暫停：{ $reason }。請發 /compose 打開它，檢查後繼續或取消。
alert-send-blocked = { $account } 從 { $since } 起送不出訊息：{ $reason }。訊息都留著，恢復後自動接著送。請維運人員查看，權杖被拒絕時要換新的。
alert-poll-conflict = 有另一個程式在用同一個權杖收 { $account } 的訊息，從 { $since } 起。請停掉其中一個。
alert-poll-locked = { $account } 的權杖從 { $since } 起被平台拒絕，收不到訊息。請維運人員換上新權杖。
alert-poll-offline = 從 { $since } 起連不上 { $account } 的平台：{ $reason }。會一直自動重試。
alert-poll-stalled = { $account } 收到的訊息從 { $since } 起存不進資料庫，平台先替我們留著。請維運人員檢查資料庫和磁碟。
alert-unknown = 過去一天有 { $count } 則訊息不確定是否送達，沒有再送。名單：zhice outbox unknown。
alert-over-paused = 已恢復傳送（{ $since } 起暫停過）。
alert-over-slow = 答覆又能及時送出了（{ $since } 起慢過）。
alert-over-batch = 通知 { $name } 不再停著（{ $since } 起自動暫停過）。
alert-over-send = { $name } 又能送出訊息了（{ $since } 起送不出）。
alert-over-poll = { $name } 又能收到訊息了（{ $since } 起收不到）。
too-fast = 您發得有點快，剛才這條沒有收下。請過 { $seconds } 秒，從這條接著發；之前的都在。
too-fast-group = 這裡訊息有點多，剛才這條沒有收下。請過 { $seconds } 秒再問。
