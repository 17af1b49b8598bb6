# 費減備案

fee-reduction-name = 專利費用減繳備案
fee-reduction-about = 備案通過後，申請費、實質審查費、授權起十年內的年費和複審費可減繳：一個申請人減 85%，兩個以上減 70%。
fee-reduction-if-filer-type = 個人、企業、事業單位、社會團體或非營利性科研機構
fee-reduction-filer-type = 備案主體
fee-reduction-filer-type-person = 個人
fee-reduction-filer-type-enterprise = 企業
fee-reduction-filer-type-institution = 事業單位
fee-reduction-filer-type-society = 社會團體
fee-reduction-filer-type-research = 非營利性科研機構
fee-reduction-if-monthly-income = 個人：上年度月均收入低於 5000 元
fee-reduction-monthly-income = 上年度月均收入（元）
fee-reduction-if-taxable-income = 企業：上年度應納稅所得額低於 100 萬元
fee-reduction-taxable-income = 上年度應納稅所得額（彙算清繳前填上上年度）
fee-reduction-filer-name = 名稱或姓名
fee-reduction-filer-name-example = 張敏，或 蘇州某某科技有限公司
fee-reduction-situation = 您目前的情況
fee-reduction-situation-employed = 在職
fee-reduction-situation-no-work = 無固定工作
fee-reduction-situation-student = 在校學生
fee-reduction-year = 備案年度
fee-reduction-year-example = 2026
fee-reduction-income-proof = 身分證正反面和上年度收入證明
fee-reduction-hardship-proof = 縣級民政、人社部門或鄉鎮（街道）出具的經濟困難證明
fee-reduction-student-proof = 學生證明
fee-reduction-tax-return = 營業執照和上年度企業所得稅年度納稅申報表（封面和主表，蓋章）
fee-reduction-legal-certificate = 法人證書
