# Chữ trên trang và trong thông báo. Nói với một người, xưng "bạn"; ngắn, động từ đứng trước.
# Biến: $n chọn dạng số, $shown là con số đã viết thành chữ.

## Khung trang
skip-to-content = Đến nội dung chính
nav-label = Các mục
nav-jobs = Tìm việc
nav-about = Giới thiệu
other-language = English
menu = Menu
call = Gọi
call-centre = Gọi Trung tâm
help-title = Cần người giúp?
help-text = Gọi Trung tâm. Cán bộ tìm việc cùng bạn, nộp hồ sơ giúp bạn.
help-hours = Thứ Hai đến thứ Sáu, 7 giờ – 17 giờ. Cán bộ trả lời, không phải máy.
foot-free = Người tìm việc không phải trả bất cứ khoản tiền nào.

## Tìm
field-words = Công việc, kỹ năng, công ty
field-place = Nơi làm việc
field-trade = Nghề
field-page = Trang
search-button = Tìm việc
search-change = Đổi điều kiện tìm
search-all = Tất cả việc làm

## Trang đầu
home-page-title = Tìm việc gần nhà
home-title = Bạn tìm việc gì?
home-lead = { $shown } việc đang tuyển, { $positions }. Bạn không phải trả tiền.
home-lead-empty = Hiện chưa có việc nào. Bạn gọi Trung tâm để được giúp tìm việc.
home-positions = { $shown } chỗ làm
home-trades = Hoặc chọn nghề
home-newest = Việc mới đăng
jobs-unit = việc
jobs-count = { $shown } việc
new-today = Mới hôm nay
trade-farm = Nông, lâm nghiệp
trade-build = Xây dựng
trade-factory = Nhà máy
trade-sew = May mặc
trade-drive = Lái xe
trade-cook = Nấu ăn, khách sạn
trade-shop = Bán hàng
trade-office = Văn phòng, kế toán
trade-electric = Điện, máy móc
trade-care = Y tế, chăm sóc
trade-teach = Dạy học
trade-it = Tin học, công nghệ

## Kết quả
results-open = { $shown } việc đang tuyển
results-for = { $shown } việc “{ $words }”
results-none = Chưa có việc nào khớp
results-empty = Chưa có việc nào
results-past-hint = Bạn đã đi quá trang cuối, kết quả chỉ có { $shown } trang.
results-none-for = Chưa có việc nào khớp “{ $words }”
results-none-hint = Bỏ bớt một điều kiện, hoặc gọi Trung tâm để cán bộ tìm cùng bạn.
results-place = Nơi làm: { $place }
results-place-before = { $place } (trước tháng 7/2025), nay là { $shown } xã, phường thuộc { $province }
results-place-unknown = Chưa hiểu nơi “{ $place }” nên tìm ở mọi nơi. Thử tên xã, phường, huyện cũ hoặc tỉnh; nếu nhiều nơi trùng tên, ghi thêm tên tỉnh.
results-drop = Bỏ “{ $what }”
results-drop-place = Tìm ở mọi nơi
results-all = Xem tất cả việc làm
results-first-page = Về trang kết quả đầu tiên
chip-drop = bỏ điều kiện này
pages-label = Các trang kết quả
page = Trang
page-next = Trang sau

## Một việc làm
verified = Đã xác minh
origin-national = Tin lấy từ sàn việc làm quốc gia, chưa xác minh
origin-neighbour = Tin lấy từ trung tâm tỉnh bạn, chưa xác minh
origin-imported = Tin lấy từ nơi khác, chưa xác minh
employer-unknown = Không ghi tên nơi tuyển
place-remote = Làm từ xa
place-unknown = Không ghi nơi làm
place-and-more = { $places } và { $shown } nơi khác
positions = Cần { $shown } người
vacancy-back = Tất cả việc làm
vacancy-ask = Gọi hỏi việc này
vacancy-closed = Tin này đã đóng, không nhận hồ sơ nữa.
vacancy-similar = Tìm việc giống việc này
vacancy-work = Công việc
vacancy-skills = Kỹ năng cần có
skill-inferred = { $skill } (suy ra từ tiêu đề)
vacancy-skills-desired = Có thêm thì tốt
vacancy-contract = Hợp đồng
vacancy-as-written = Nơi tuyển viết
vacancy-occupation = Nghề: { $names }
vacancy-posted = Đăng ngày { $date }
vacancy-fetched = Lấy về ngày { $date }
vacancy-source-ref = Mã ở nơi đăng: { $code }
vacancy-ref = Mã tin: { $code }
fact-wage = Lương
fact-place = Nơi làm
fact-hours = Giờ làm
fact-wanted = Cần gì
fact-given = Được gì
fact-closes = Hạn nộp
wanted-unknown = Không ghi yêu cầu
level-any = Không cần bằng cấp
experience = { $span } kinh nghiệm
experience-none = Không cần kinh nghiệm
fee-title = Không ai được thu tiền của bạn
fee-text = Tìm việc ở đây không mất tiền, dù ở bước nào.
fee-warning = Nơi tuyển đòi tiền cọc, phí hồ sơ, hoặc giữ giấy tờ gốc: đừng đưa. Gọi Trung tâm ngay.
imported-title = Tin này chưa xác minh
imported-text = Trung tâm lấy tin này từ nơi khác và chưa gặp nơi tuyển. Hỏi kỹ trước khi đi làm.

## Lương
wage-not-said = Chưa ghi mức lương
wage-negotiable = Lương thỏa thuận
wage-piece = Trả theo sản phẩm
wage-from = Từ { $amount }/{ $per }
wage-up-to = Đến { $amount }/{ $per }
wage-range = { $amount }/{ $per }
amount-million = { $figures } triệu
amount-dong = { $figures } đồng
per-month = tháng
per-day = ngày
per-hour = giờ

## Ngày, tháng
closes-unknown = Không ghi hạn nộp
closes-past = Đã hết hạn
closes-today = Hết hạn hôm nay
closes-tomorrow = Hết hạn ngày mai
closes-in-days = Còn { $shown } ngày
closes-on = Hạn nộp { $date }
weekday-monday = Thứ Hai
weekday-tuesday = Thứ Ba
weekday-wednesday = Thứ Tư
weekday-thursday = Thứ Năm
weekday-friday = Thứ Sáu
weekday-saturday = Thứ Bảy
weekday-sunday = Chủ Nhật
months = { $shown } tháng
years = { $shown } năm

## Được gì, giờ làm, hợp đồng
benefit-shuttle = Xe đưa đón
benefit-dormitory = Có chỗ ở
benefit-meals = Hỗ trợ ăn
benefit-insurance = Bảo hiểm
benefit-social-insurance = Bảo hiểm xã hội
benefit-health-insurance = Bảo hiểm y tế
benefit-training = Có dạy nghề
benefit-thirteenth = Lương tháng 13
benefit-childcare = Nhà trẻ
benefit-other = Phúc lợi khác
benefit-unknown = Không ghi
benefit-see-text = Xem phần mô tả
shift-day = Giờ hành chính
shift-shifts = Làm theo ca
shift-night = Ca đêm
shift-flexible = Giờ linh hoạt
shift-remote = Làm từ xa
shift-unknown = Không ghi giờ làm
contract-indefinite = Không xác định thời hạn
contract-fixed-under-12 = Dưới 12 tháng
contract-fixed-12-36 = Từ 12 đến 36 tháng
contract-seasonal = Theo mùa vụ
contract-part-time = Bán thời gian
contract-internship = Thực tập, tập nghề

## Giới thiệu
about-title = Sàn Việc là gì?
about-lead = Nơi người tìm việc và nơi tuyển người gặp nhau, do cơ quan nhà nước lập ra.
about-run-by = { $centre } điều hành trang này, thuộc { $superior }.
about-free-title = Không mất tiền
about-free = Tìm việc, hỏi cán bộ, nộp hồ sơ: bạn không phải trả tiền ở bước nào. Ai đòi tiền, gọi Trung tâm.
about-marks-title = Dấu trên tin tuyển dụng
about-verified = “Đã xác minh”: cán bộ Trung tâm đã kiểm tra nơi tuyển.
about-imported = “Chưa xác minh”: tin lấy từ nơi khác. Hỏi kỹ trước khi đi làm.
about-data-title = Dữ liệu của bạn
about-data = Xem và tìm việc không cần tài khoản. Trang này không đặt cookie, không theo dõi bạn, không gửi gì cho bên thứ ba.

## Khi có trục trặc
error-home = Về trang đầu
error-code = Khi gọi, bạn có thể đọc mã này:
problem-not-found-title = Không tìm thấy trang này
problem-not-found = Có thể tin đã hết hạn, hoặc đường dẫn bị thiếu chữ. Bạn không làm gì sai.
problem-method-title = Không làm được việc này ở đây
problem-method = Địa chỉ này chỉ để xem. Mở lại từ trang đầu.
problem-invalid-title = Có chỗ cần sửa
problem-invalid = Sửa những chỗ dưới đây rồi gửi lại.
problem-field = { $field }: không nhận “{ $value }”. { $expected }
problem-url-title = Đường dẫn quá dài
problem-url = Đường dẫn dài nhất là { $shown } byte. Tìm bằng ít chữ hơn.
problem-body-large-title = Nội dung gửi lên quá lớn
problem-body-large = Mỗi lần gửi nhiều nhất { $shown } byte.
problem-body-cut-title = Nội dung gửi lên chưa đến đủ
problem-body-cut = Mạng chậm hoặc bị ngắt giữa chừng. Gửi lại lần nữa.
problem-busy-title = Đang có quá nhiều người dùng
problem-busy = Đợi vài giây rồi mở lại trang này. Bạn không làm gì sai.
problem-unavailable-title = Tạm thời chưa trả lời được
problem-unavailable = Chúng tôi đang chuẩn bị dữ liệu. Đợi một lát rồi mở lại, hoặc gọi Trung tâm.
problem-internal-title = Trang này gặp lỗi
problem-internal = Lỗi ở phía chúng tôi, không phải do bạn. Thử lại sau ít phút, hoặc gọi Trung tâm.
unready-database = Cơ sở dữ liệu chưa trả lời.
unready-index-behind = Chỉ mục tìm kiếm còn thiếu { $shown } thay đổi.
unready-index-rebuilding = Chỉ mục tìm kiếm đang được dựng lại.
unready-disk-full = Ổ đĩa đã đầy, chưa ghi thêm được.
unready-stopping = Máy chủ đang dừng.
expected-utf8 = Cần chữ theo mã UTF-8.
expected-few-fields = Nhiều nhất { $shown } trường.
expected-once = Mỗi trường chỉ ghi một lần.
expected-no-field = Địa chỉ này không nhận trường nào.
expected-short-text = Viết nhiều nhất { $shown } chữ cái.
expected-number = Cần một số từ { $least } đến { $most }.
expected-nearest = Có phải bạn muốn viết “{ $word }”?
expected-one-of = Cần một trong các từ: { $words }.
expected-cursor = Dùng đúng giá trị next_cursor của câu trả lời trước.
