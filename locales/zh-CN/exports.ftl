# 导出的申报表格

export-cell = { $value }
export-round = { $label }（{ $round }）
export-receipt = 受理编号
export-status = 状态
export-submitted = 提交时间
export-due = 期限
export-reviewer = 审核人编号

## 在对话里导出

choice-export = 导出 Excel
choice-export-all = 全部项目
choice-export-masked = 遮住联系方式
choice-export-full = 完整信息
choice-open-export = 下载表格
export-which = 导出哪个项目的申报？
export-why = 请写导出的原因，会记入日志：
export-how = 要哪一种？
export-ready = 表格已准备好，共 { $count } 份申报。
export-nowhere = 这里打不开表格：单位的网页还没有开通。请系统管理员用命令行导出。
export-limit = 每人每天最多导出 { $most } 次，请明天再来。

web-private-export = 下载申报表格
web-private-export-hint = 里面有申报单位的信息，只供审核使用。点下面的按钮后，这个链接就用完了。
