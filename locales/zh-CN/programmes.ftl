# 项目暂停与恢复

## 申报人看到的

programme-off = “{ $name }”暂停申报。原因：{ $reason }
programme-off-next = 恢复后可以再来，也可以先看别的项目。
programme-off-taken = 刚才的回答已经记下。
programme-off-kept = 您填的内容都保留着，不会到期；恢复后会通知您，从这一步接着填。
programme-on-again = “{ $name }”恢复申报了。填过的都在，可以接着填。

## 工作人员看到的

programmes-title = 项目（{ $count } 个，暂停 { $off } 个）
programmes-line-off = 已暂停：{ $name }
programmes-on = “{ $name }”正在受理申报。没提交的草稿有 { $drafts } 份。
programmes-off = “{ $name }”已暂停申报。原因：{ $reason }。没提交的草稿有 { $drafts } 份，都保留着。
programmes-why = 请写暂停“{ $name }”的原因，所有人都会看到：
programmes-sure = 暂停“{ $name }”？原因：{ $reason }。草稿都保留，{ $drafts } 份草稿的申报人会收到通知。
programmes-words = 请写 1 到 { $most } 个字。
programmes-done-off = “{ $name }”已暂停申报。
programmes-done-on = “{ $name }”已恢复申报。
programmes-already = 刚刚有人已经改过了。
choice-programmes = 全部项目
choice-programme-off = 暂停申报
choice-programme-on = 恢复申报
choice-programme-sure = 确定暂停
