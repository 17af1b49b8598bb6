# 成長型企業

growth-enterprise-name = 蘇州市知識產權成長型企業申報（強企培育）
growth-enterprise-about = 強企培育庫內的企業申報成長型企業。
growth-enterprise-draft = 條件按 2022 年的通知整理，以當年通知為準。
growth-enterprise-if-listed = 已進入強企培育庫
growth-enterprise-if-inventions = 有效發明專利不少於 10 件（有境外授權專利的可放寬，幅度未見）
growth-enterprise-inventions = 有效發明專利數
growth-enterprise-if-certified = 通過 GB/T 29490 認證，或績效評價合格
growth-enterprise-certified = 貫標認證或績效評價合格嗎
growth-enterprise-if-work = 有專職知識產權人員，開展導航或分析，有商標保護
growth-enterprise-if-no-infringement = 三年內沒有惡意侵權
growth-enterprise-overseas = 境外授權專利數
growth-enterprise-staff = 專職知識產權人員
growth-enterprise-staff-example = 3 人，設在研發中心
growth-enterprise-qualifications = 企業資質（可多選）
growth-enterprise-qualifications-high-tech = 高新技術企業
growth-enterprise-qualifications-leading-talent = 領軍人才企業
growth-enterprise-qualifications-high-growth = 高成長性創新企業
growth-enterprise-qualifications-research-body = 規上研發機構
growth-enterprise-qualifications-little-giant = 專精特新小巨人
growth-enterprise-qualifications-gazelle = 瞪羚企業
growth-enterprise-qualifications-unicorn = 獨角獸企業
