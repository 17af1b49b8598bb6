# 贯标奖励

standard-reward-name = 贯标（知识产权管理体系认证）奖励
standard-reward-about = 通过知识产权管理体系认证后申请奖励。
standard-reward-draft = 条件按其他城市的通知整理，苏州、吴江、合肥的金额未见，以当年通知为准。
standard-reward-if-valid = 认证证书有效
standard-reward-if-in-period = 在申报期内取得认证
standard-reward-if-not-rewarded = 同一认证没有领过省、市奖励
standard-reward-if-on-record = 已在省知识产权局备案（常州 2021 年的要求）
standard-reward-standard = 认证标准
standard-reward-standard-gb29490-2023 = GB/T 29490-2023 企业知识产权合规管理体系
standard-reward-standard-gb29490-2013 = GB/T 29490-2013 企业知识产权管理规范（旧版）
standard-reward-standard-gb33250 = GB/T 33250 科研组织知识产权管理规范
standard-reward-standard-gb33251 = GB/T 33251 高等学校知识产权管理规范
standard-reward-certificate-no = 认证证书编号
standard-reward-certifier = 认证机构
standard-reward-certifier-example = 某某认证有限公司
standard-reward-certified = 首次发证日期
standard-reward-expires = 证书有效期至
standard-reward-first-time = 是首次申请该奖励吗
standard-reward-certificate = 认证证书
standard-reward-second-year = 取得认证已到第二年或更久吗
standard-reward-surveillance = 监督审核合格通知书
