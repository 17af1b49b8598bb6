### 网页对话中的全部文字。

web-name = 知策
web-tagline = 知识产权政策问答
web-title = 知策 · 知识产权政策问答
web-description = 用一句话提问，得到政策原文、出处和下一步。
web-skip = 跳到输入框
web-conversation = 对话内容
web-you = 我
web-no-script = 本页面需要启用 JavaScript 才能对话。

## 开始

web-welcome = 想了解哪项政策？
web-samples = 可以这样问
web-sample-1 = { sample-finance }
web-sample-2 = { sample-preexam }
web-sample-3 = { sample-talent }

## 输入

web-input = 输入您的问题
web-placeholder = 例如：苏州质押融资目标
web-send = 发送
web-too-long = 内容过长：{ $count } / { $limit } 字。请精简后再发送。
web-length = { $count } / { $limit }
web-small-print = 内容引自政策文件，以发文机关公布的原文为准。

## 一条消息

web-sending = 发送中
web-unsent = 未送达，点按重试
web-refused = 这条消息无法发送
web-chosen = 已选：{ $label }
web-typing = 正在查找…
web-new = 新消息
web-copy = 复制
web-copy-label = 复制回答和出处
web-copied = 已复制
web-copy-failed = 无法复制，请手动选择文字
web-cited = 摘自「知策」{ $date }
web-choices = 选项
web-opens = （在新窗口打开）
web-today = 今天
web-updated = 上方回答已更新

## 连接

web-offline = 离线，正在重新连接…
web-connecting = 正在连接…
web-online = 已重新连接
web-retry = 立即重试
web-many-sessions = 这个网络今天新开的对话较多。请稍等一会儿再来，或换个网络试试。
web-slow-down = 发送得有点快，稍后会自动送达。

## 清空

web-clear = 清空并重新开始
web-clear-question = 清空这次对话？
web-clear-explained = 对话内容将从这台设备和我们的服务器上删除，无法恢复。
web-clear-yes = 清空
web-clear-no = 保留
web-clear-failed = 暂时无法清空，请稍后再试。

## 语言

web-language = 语言
web-language-zh-CN = 简体中文
web-language-zh-TW = 繁體中文
web-language-en = English
web-language-short-zh-CN = 简
web-language-short-zh-TW = 繁
web-language-short-en = EN

## 嵌入

web-embed-open = 打开政策问答
web-embed-close = 关闭政策问答
web-embed-panel = 知策政策问答
web-embed-title = 把知策放进您的网站
web-embed-how = 把下面这行代码放到网页的 </body> 之前，右下角就会出现一个圆形按钮：
web-embed-language = 语言默认跟随网页的 lang 属性，也可以用 data-lang 指定。
web-embed-allow = 请管理员先把您的网址加入 EMBED_ORIGINS。
web-embed-try = 点按右下角的按钮试试。

## 出错

web-lost = 没有这个页面
web-lost-hint = 网址可能有误，或者页面已经移走。
web-broken = 页面暂时打不开
web-broken-hint = 我们已经记录，请稍后再试。
web-home = 去提问

## 文件

web-files = 要发送的文件
web-attach = 附件
web-attach-how = 选择文件或照片，可以多选；也可以拖到页面上，或者粘贴图片。
web-drop = 松开就发送这些文件
web-file-going = 正在上传，{ $percent }%
web-file-done = 已上传
web-files-sent = { $count } 个文件已发送
web-file-gone = 已取消“{ $name }”
web-file-cancel = 取消上传
web-file-drop = 移除
web-file-retry = 重试
web-file-busy = 还没传上去，马上再试…
web-file-unsent = 没有传上去。请检查网络，再试一次。
web-file-many = 这一个小时传的文件太多了。请稍后再传，也可以交纸质材料。
web-file-too-large = { upload-too-large }
web-file-empty = { upload-empty }
web-file-beyond = 一次最多发 { $most } 个文件。这一个请下次再发。
