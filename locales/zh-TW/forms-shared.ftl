# 幾個項目共用的問題、用途、狀態

## 問題

field-org-name = 申報單位名稱
field-uscc = 統一社會信用代碼
field-district = 所屬區縣或開發區
field-address = 通訊地址
field-postcode = 郵遞區號
field-contact-name = 聯絡人
field-contact-mobile = 手機
field-contact-phone = 辦公電話
field-contact-email = 電子信箱
field-legal-rep = 法定代表人
field-org-type = 主體類型
field-org-type-enterprise = 企業
field-org-type-university = 高校
field-org-type-institute = 科研院所
field-org-type-public-body = 事業單位
field-patent-no = 專利號
field-patent-title = 專利名稱
field-patentee = 專利權人（多個用頓號隔開）
field-inventor = 發明人或設計人（多個用頓號隔開）
field-grant-date = 授權公告日（不是申請日）
field-recommender = 推薦單位
field-recommender-example = 蘇州市市場監督管理局
field-sensitive-consent = 同意提供下一題的敏感個人資料嗎（不同意也能繼續，這部分可線下遞交）
field-ip-team = 知識產權管理團隊（人數、負責人）
field-ip-team-example = 5 人，負責人張敏
field-researchers = 研發人員數
field-fee-reduced = 已辦費減備案嗎
field-id-no = 身分證件號
field-licence = 營業執照或法人證書（蓋章掃描檔）
field-application-form = 申報書或申請表
field-grant-text = 授權公告文本

## 為什麼問

why-identify = 用來確認申報的是誰，與登記資訊核對。
why-region = 決定由哪個地區受理，也用來核對地區條件。
why-contact = 審核中需要補正或通知結果時，用來聯絡您。
why-right = 用來核對權利是否有效、歸誰所有。
why-eligible = 用來核對申報條件。
why-review = 評審時要看這部分內容。
why-amount = 用來核算可支持的金額。
why-pay = 通過後用來撥付資金。
why-prove = 用來證明前面所填的內容。
why-aid = 用來判斷能提供哪些援助、由誰辦理。
why-sensitive = 敏感個人資料需要您單獨同意才能收集。

## 計量單位

unit-patent = 件
unit-person = 人
unit-month = 個月
unit-year = 年
unit-project = 項

## 個人資料告知

consent-v1 = 填寫前請看：您填的單位和聯絡人資訊只用於辦理這項申報，由本單位和審核部門的工作人員查看，加密保存。您可以隨時查看、更正、撤回或要求刪除。不同意也可以照常查政策。

## 申報狀態

status-submitted = 已提交，待受理
status-correction = 待補正
status-rejected = 不予受理
status-withdrawn = 已撤回
status-terminated = 已終止
status-accepted = 已受理
status-district-review = 區縣審核
status-district-recommended = 區縣推薦
status-city-preview = 設區市專家預審
status-city-review = 市局審核
status-city-recommended = 市局推薦
status-province-recommended = 省局推薦
status-selection = 推薦單位遴選
status-publicity-before = 推薦前公示
status-reported = 已報送
status-credit-check = 信用核查
status-formal-review = 形式審查
status-first-review = 初評
status-expert-review = 專家評審
status-committee = 評審委員會評審
status-province-review = 省級評審
status-verification = 部門核實
status-publicity = 公示
status-objection = 異議處理
status-decision = 審定公佈
status-approved = 已通過
status-not-approved = 未入選
status-awarded = 已頒獎
status-paid = 資金已撥付
status-mid-check = 中期檢查
status-accept-check = 驗收
status-registered = 已登記
status-handling = 辦理中
status-answered = 已答覆
status-archived = 已歸檔
status-filed = 備案通過
status-creation = 確定創建對象
