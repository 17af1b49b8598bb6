# 給工作人員的提醒：發件的情況

alert-outbox-paused = 現在什麼也不傳送：{ $reason }。確認無誤後，請維運人員執行 zhice outbox resume。
alert-outbox-slow = 有答覆已經等了 { $minutes } 分鐘還沒有發出。請維運人員執行 zhice outbox stats 查看。
alert-batch-paused = 通知 { $batch } 已暫停：{ $reason }。請檢查內容後繼續或撤銷。
alert-trouble = { $name } 從 { $since } 起無法運作：{ $reason }。請維運人員查看。
alert-unknown = 過去一天有 { $count } 則訊息不確定是否送達，沒有再發。名單：zhice outbox unknown。
too-fast = 您發得有點快，我先歇一會兒。請過 { $seconds } 秒再發，之前的內容不會丟。
too-fast-group = 這裡訊息有點多，我先歇一會兒。請過 { $seconds } 秒再問。
