# 匯出的申報表格

export-cell = { $value }
export-round = { $label }（{ $round }）
export-receipt = 受理編號
export-status = 狀態
export-submitted = 提交時間
export-due = 期限
export-reviewer = 審核人編號
