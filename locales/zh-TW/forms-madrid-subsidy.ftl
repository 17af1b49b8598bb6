# 馬德里商標

madrid-subsidy-name = 馬德里商標國際註冊資助
madrid-subsidy-about = 商標國際註冊完成後申請資助。
madrid-subsidy-draft = 蘇州、吳江的申請表和金額尚未見到，材料參照其他城市 2017 年的指南，以當年通知為準。
madrid-subsidy-if-holder = 申請單位是註冊人
madrid-subsidy-if-completed = 國際註冊已完成（不是申請中）
madrid-subsidy-mark = 商標名稱
madrid-subsidy-base-no = 基礎註冊號或申請號
madrid-subsidy-base-date = 基礎註冊或申請日期
madrid-subsidy-madrid-no = 國際註冊號
madrid-subsidy-registered-on = 國際註冊日
madrid-subsidy-designated = 指定締約方（多個用頓號隔開）
madrid-subsidy-designated-example = 日本、韓國、歐盟
madrid-subsidy-classes = 商品或服務類別
madrid-subsidy-fees = 已繳費用
madrid-subsidy-agent = 代理機構
madrid-subsidy-registration = 國際註冊證明或核准證明
madrid-subsidy-invoices = 繳費發票
madrid-subsidy-handler-papers = 經辦人授權及身分證明
