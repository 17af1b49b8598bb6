# 匯出的申報表格

export-cell = { $value }
export-round = { $label }（{ $round }）
export-receipt = 受理編號
export-status = 狀態
export-submitted = 提交時間
export-due = 期限
export-reviewer = 審核人編號

## 在對話裡匯出

choice-export = 匯出 Excel
choice-export-all = 全部項目
choice-export-masked = 遮住聯絡方式
choice-export-full = 完整資訊
choice-open-export = 下載表格
export-which = 匯出哪個項目的申報？
export-why = 請寫匯出的原因，會記入日誌：
export-how = 要哪一種？
export-ready = 表格已準備好，共 { $count } 份申報。
export-nowhere = 這裡打不開表格：單位的網頁還沒有開通。請系統管理員用命令列匯出。
export-limit = 每人每天最多匯出 { $most } 次，請明天再來。

web-private-export = 下載申報表格
web-private-export-hint = 裡面有申報單位的資訊，只供審核使用。點下面的按鈕後，這個連結就用完了。
