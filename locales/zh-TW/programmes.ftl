# 項目暫停與恢復

## 申報人看到的

programme-off = 「{ $name }」暫停申報。原因：{ $reason }
programme-off-next = 恢復後可以再來，也可以先看別的項目。
programme-off-taken = 剛才的回答已經記下。
programme-off-kept = 您填的內容都保留著，不會到期；恢復後會通知您，從這一步接著填。
programme-on-again = 「{ $name }」恢復申報了。填過的都在，可以接著填。

## 工作人員看到的

programmes-title = 項目（{ $count } 個，暫停 { $off } 個）
programmes-line-off = 已暫停：{ $name }
programmes-on = 「{ $name }」正在受理申報。沒提交的草稿有 { $drafts } 份。
programmes-off = 「{ $name }」已暫停申報。原因：{ $reason }。沒提交的草稿有 { $drafts } 份，都保留著。
programmes-why = 請寫暫停「{ $name }」的原因，所有人都會看到：
programmes-sure = 暫停「{ $name }」？原因：{ $reason }。草稿都保留，{ $drafts } 份草稿的申報人會收到通知。
programmes-words = 請寫 1 到 { $most } 個字。
programmes-done-off = 「{ $name }」已暫停申報。
programmes-done-on = 「{ $name }」已恢復申報。
programmes-already = 剛剛有人已經改過了。
choice-programmes = 全部項目
choice-programme-off = 暫停申報
choice-programme-on = 恢復申報
choice-programme-sure = 確定暫停
