# 个人数据：存了什么，查看，删除。以及没填完的申报的提醒

menu-privacy = 我的数据：存了什么，查看、删除

choice-my-data = 查看我的数据
choice-delete-me = 删除我的数据
choice-delete-sure = 确定删除
choice-keep-data = 不删

privacy-private = 个人数据只能私聊查看和删除。请点我的头像私聊，发送 /{ $command }。
privacy-title = 您的数据
privacy-questions = 提问：每个聊天里最近几个问题，用来听懂追问；30 天没再聊就删除。没答上的问题去掉姓名、号码和地址后留给工作人员改进。
privacy-applications = 申报：您填的内容和常用资料，用于办理申报、免得重填。草稿 { $days } 天没动就删除；办结的申报满 { $years } 年删去内容，只留编号、项目、状态和时间。
privacy-reminders = 提醒：您的订阅和自己写的提醒，到您取消为止。
privacy-safe = 以上内容加密保存。工作人员看到的联系方式是遮住的，查看完整信息要写原因，并记入日志。
privacy-consent = 开始申报前给您看的告知：

data-title = 我们保存的您的数据
data-nothing = 除了这次对话，没有保存您的数据。
data-since = 第一次来：{ $on }
data-questions = 最近的提问：{ $count } 个
data-web-chat = 网页上的对话：{ $count } 条
data-drafts = 没提交的申报：{ $count } 份
data-applications = 提交的申报：{ $count } 份
data-profile = 常用资料：{ $count } 项，下次申报可直接用
data-subscriptions = 订阅：{ $count } 个
data-reminders = 自己的提醒：{ $count } 条
data-log = 办理日志：{ $count } 条，里面您是一个代号
data-linked = 连接的平台：{ $platform }
data-line = · { $words }
data-questions-title = 最近的提问
data-reminders-title = 自己的提醒
data-draft-title = 没提交：{ $name }
data-case-title = { $number } { $name }
data-no-answers = 还没有填写内容。
data-shortened = 这里是摘要，身份证号只显示尾号。申报进度发送 /applications。要全部数据，请向工作人员索取。
data-whole = 全部数据

delete-title = 删除您的全部数据？
delete-goes = 会删除：提问、对话、草稿、申报内容和附件、常用资料、订阅和提醒。
delete-withdrawn = 还在办理的 { $count } 份申报会撤回。
delete-stays = 会留下：申报的编号、项目、状态和时间；日志里的一个代号，已查不到是谁；发给您的消息和通知的送达记录，不含内容。交给同事的申报归同事。
delete-linked = 连接的平台上的也一起删除：
delete-staff = 您的工作人员账号绑定也会解除。
delete-kept = 好的，什么都没有删。
delete-final = 删除后不能恢复。
deleted-note = 已删除
deleted = 您的数据已删除。以后还可以随时来问，就当第一次见面。

quiet-draft = “{ $name }”的申报还没填完。填过的都在，保留到 { $until }。
quiet-correction = “{ $name }”的申报还在等您补正。
apply-discard-ask = 删除“{ $name }”的草稿吗？删除后不能恢复。
