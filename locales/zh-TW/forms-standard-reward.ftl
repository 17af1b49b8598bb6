# 貫標獎勵

standard-reward-name = 貫標（知識產權管理體系認證）獎勵
standard-reward-about = 通過知識產權管理體系認證後申請獎勵。
standard-reward-draft = 條件按其他城市的通知整理，蘇州、吳江、合肥的金額未見，以當年通知為準。
standard-reward-if-valid = 認證證書有效
standard-reward-if-in-period = 在申報期內取得認證
standard-reward-if-not-rewarded = 同一認證沒有領過省、市獎勵
standard-reward-if-on-record = 已在省知識產權局備案（常州 2021 年的要求）
standard-reward-standard = 認證標準
standard-reward-standard-gb29490-2023 = GB/T 29490-2023 企業知識產權合規管理體系
standard-reward-standard-gb29490-2013 = GB/T 29490-2013 企業知識產權管理規範（舊版）
standard-reward-standard-gb33250 = GB/T 33250 科研組織知識產權管理規範
standard-reward-standard-gb33251 = GB/T 33251 高等學校知識產權管理規範
standard-reward-certificate-no = 認證證書編號
standard-reward-certifier = 認證機構
standard-reward-certifier-example = 某某認證有限公司
standard-reward-certified = 首次發證日期
standard-reward-expires = 證書有效期至
standard-reward-first-time = 是首次申請該獎勵嗎
standard-reward-certificate = 認證證書
standard-reward-second-year = 取得認證已到第二年或更久嗎
standard-reward-surveillance = 監督審核合格通知書
