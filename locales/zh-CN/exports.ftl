# 导出的申报表格

export-cell = { $value }
export-round = { $label }（{ $round }）
export-receipt = 受理编号
export-status = 状态
export-submitted = 提交时间
export-due = 期限
export-reviewer = 审核人编号
