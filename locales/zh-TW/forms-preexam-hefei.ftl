# 合肥預審

preexam-hefei-name = 專利快速預審（合肥）
preexam-hefei-about = 先登記單位和聯絡人，名額和預約按保護中心的通知。
preexam-hefei-draft = 合肥保護中心的產業範圍和備案表尚未見到，以保護中心通知為準。
preexam-hefei-if-quota = 未超過名額：近五年中發明授權最多一年的數量乘以 1.0（發明計 1，實用新型和外觀設計計 0.5）
preexam-hefei-if-slot = 已按保護中心定期開放的時間網上預約
