# 蘇州預審備案

preexam-suzhou-name = 專利快速預審備案（蘇州）
preexam-suzhou-about = 備案通過後，可以提交專利預審請求。PCT 申請、分案、同日申報發明和實用新型、需保密審查的申請等不能預審。
preexam-suzhou-draft = 內容按公開轉載的保護中心指南整理，部分問題按慣例列出，以保護中心現行的備案申請表為準。
preexam-suzhou-if-registered = 在蘇州註冊，有獨立法人資格
preexam-suzhou-if-industries = 主要生產或研發屬於新材料、生物製品製造、電子資訊、數字智能製造之一
preexam-suzhou-if-base = 知識產權基礎好：有穩定的管理團隊和管理制度
preexam-suzhou-if-classes = 今後提交的申請屬於保護中心受理的 IPC 分類
preexam-suzhou-if-credit = 沒有不良信用記錄
preexam-suzhou-industry = 產業領域
preexam-suzhou-industry-materials = 新材料
preexam-suzhou-industry-biologics = 生物製品製造
preexam-suzhou-industry-electronics = 電子資訊
preexam-suzhou-industry-digital = 數字智能製造
preexam-suzhou-patents = 有效專利數量（發明、實用新型、外觀設計）
preexam-suzhou-patents-example = 12,5,0
preexam-suzhou-patents-invention = 發明
preexam-suzhou-patents-utility = 實用新型
preexam-suzhou-patents-design = 外觀設計
preexam-suzhou-rules = 知識產權管理制度
