# What the office's own people see

staff-how = 这里供工作人员绑定账号。请发送 /staff 加一次性绑定码。
staff-linked = { $name }，已绑定。您的角色：
staff-role-owner = · 负责人：人员、密钥、渠道
staff-role-editor = · 编辑：内容、通知草稿
staff-role-broadcaster = · 发布：提交和暂停通知
staff-role-reviewer = · 审核：申报审核、通知审批
staff-role-auditor = · 审计：查看日志
staff-code-unknown = 绑定码不对。请向负责人要一个新的。
staff-code-expired = 绑定码已过期（10 分钟有效）。请向负责人要一个新的。
staff-code-used = 绑定码已经用过。请向负责人要一个新的。
staff-code-too-many = 输错太多次，请一小时后再试。
staff-not-allowed = 您的角色不能做这一步。

choice-review = 申报审核
review-title = 申报审核
review-view-new = 新件（{ $count }）
review-view-mine = 我的（{ $count }）
review-view-waiting = 待补正（{ $count }）
review-empty = 这里没有申报。
review-no-receipt = 编号不对，请核对，例如 ZC-2026-7KMX4QD。
review-line = { $number } { $name }：{ $status }，提交于 { $at }
review-history = 经过
review-event = { $at }　{ $what }（{ $who }）
review-event-noted = { $at }　{ $what }（{ $who }）：{ $note }
review-event-claimed = 接手
review-event-corrected = 已补正
review-event-handed-on = 换了经办人
review-by-applicant = 申报人
review-by-staff = 工作人员 { $number } 号
choice-claim = 接手
review-claimed = { $number } 已由您接手。
choice-reveal = 查看完整信息
review-reveal-why = 请写明查看完整信息的原因，会记入日志：
review-revealed = { $number } 完整信息（已记入日志）
review-files = 附件
review-file = { $number }. { $name }（{ $size } KB）
review-files-how = 这里取不出附件：网页还没有开通。请把受理编号和序号报给系统管理员，由管理员取出。
choice-file = 附件 { $number }：{ $name }
choice-open-file = 下载附件
review-file-ready = 附件 { $number }：{ $name }（已记入日志）
review-decide-ask = 把 { $number } 改为“{ $status }”，并马上通知申报人？
review-decide-note = 需要附言就直接写，写完即生效；不需要就点“确定”。
choice-decide = 确定
choice-not-now = 先不
review-fields = 哪些内容要补正？可以多选。
choice-fields-done = 选好了
review-fields-first = 先选要补正的内容，再写原因。刚才写的没有发出。
review-why-these =
    还没有发出。这句就是补正原因吗？申报人会看到：
    { $words }
review-chosen =
    要补正的：
    { $fields }
choice-send-correction = 发出补正通知
choice-choose-on = 接着选
review-why = 请写补正原因，申报人会看到：
review-words = 请写 1 到 { $most } 个字。
review-late = 离刚才问您已超过半小时，这句话没有用上，什么都没有改。
review-late-open = 打开那份申报
review-corrected = { $number }（{ $name }）的补正已提交，请接着审核。
review-decided = { $number } 已改为“{ $status }”，已通知申报人。
staff-private = 这是工作人员的命令，只在私聊里用。请点我的头像私聊，发送 /{ $command }。
review-stale = 这份申报刚有变动，这次操作没有生效。请重新打开。
review-not-there = 没有找到这份申报。
told-status = 您的申报 { $number }（{ $name }）：{ $status }。
told-note = 说明：{ $note }
review-emptied = 内容已删除：本人要求，或保存期已满。
