# 合肥政策兌現

hefei-claim-name = 合肥市知識產權政策兌現申報
hefei-claim-about = 國內發明專利授權免申即享，不用申報；境外授權和其他條款在合肥市產業政策綜合服務平臺申報。
hefei-claim-if-needs-application = 申報的不是國內發明專利授權（該項免申即享）
hefei-claim-clause = 申報條款
hefei-claim-clause-example = 境外發明專利授權
hefei-claim-claim = 申請金額
hefei-claim-honest = 我承諾所填內容真實，願承擔失信後果
hefei-claim-credit-promise = 誠實信用承諾書
hefei-claim-evidence = 附件證明材料（蓋章，一個 PDF）
