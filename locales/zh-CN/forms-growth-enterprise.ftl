# 成长型企业

growth-enterprise-name = 苏州市知识产权成长型企业申报（强企培育）
growth-enterprise-about = 强企培育库内的企业申报成长型企业。
growth-enterprise-draft = 条件按 2022 年的通知整理，以当年通知为准。
growth-enterprise-if-listed = 已进入强企培育库
growth-enterprise-if-inventions = 有效发明专利不少于 10 件（有境外授权专利的可放宽，幅度未见）
growth-enterprise-inventions = 有效发明专利数
growth-enterprise-if-certified = 通过 GB/T 29490 认证，或绩效评价合格
growth-enterprise-certified = 贯标认证或绩效评价合格吗
growth-enterprise-if-work = 有专职知识产权人员，开展导航或分析，有商标保护
growth-enterprise-if-no-infringement = 三年内没有恶意侵权
growth-enterprise-overseas = 境外授权专利数
growth-enterprise-staff = 专职知识产权人员
growth-enterprise-staff-example = 3 人，设在研发中心
growth-enterprise-qualifications = 企业资质（可多选）
growth-enterprise-qualifications-high-tech = 高新技术企业
growth-enterprise-qualifications-leading-talent = 领军人才企业
growth-enterprise-qualifications-high-growth = 高成长性创新企业
growth-enterprise-qualifications-research-body = 规上研发机构
growth-enterprise-qualifications-little-giant = 专精特新小巨人
growth-enterprise-qualifications-gazelle = 瞪羚企业
growth-enterprise-qualifications-unicorn = 独角兽企业
