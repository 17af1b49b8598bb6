# One-time codes: an application goes to a colleague, several platforms are one person's

menu-link = The same applications on several platforms

code-private = One-time codes work in private chats only. Tap my picture and send it there; void a code that was shown in a group, and ask for a new one.
link-private = Linking your platforms works in a private chat only. Please open one with me and send /link.
code-how = Please send /code and the one-time code. Without one: ask the colleague to tap “Give to a colleague” in their applications; to link your other platform, send /link there first.
code-unknown = This code is not right. Please check it and send it again, or ask for a new one.
code-expired = This code has expired. Please ask for a new one.
code-used = This code has been used. Please ask for a new one.
code-too-many = Too many wrong codes. Please try again in an hour.
code-not = All right, nothing was changed.
choice-not-me = Not now

choice-hand-on = Give to a colleague
hand-on-which = Which one goes to a colleague?
hand-on-nothing = There is no application to give to a colleague now.
hand-on-numbered = { $number } { $name }
hand-on-code = One-time code: { $code }
hand-on-how = Send it to your colleague alone. It is good for 24 hours, once. Your colleague sends me in private: /code { $code }
hand-on-means = Once taken over, the application is your colleague's and does not show here any more. You will be told.
choice-void = Void this code
hand-on-void = The code is void. The application is still yours.
hand-on-ask = Take over this application: { $name }?
hand-on-consent = All answers and files are there. You go on with it and get its messages; the other person is told.
choice-take-over = Take over
hand-on-done = Taken over: { $name }.
hand-on-own = This application is yours already.
hand-on-gone = This application is settled, withdrawn or deleted; it cannot be taken over.
hand-on-too-many = No more than { $most } at once. Please finish or delete one, then send the code again.
hand-on-told = A colleague has taken over your application “{ $name }” with your code.
hand-on-told-number = A colleague has taken over your application { $number } ({ $name }) with your code.
hand-on-told-next = Further messages go to them. If you did not give that code, please tell the staff at once.

link-none = You talk with me only here.
link-title = You are the same person on these platforms:
link-place = · { $platform }
link-what = Once linked, drafts, applications and usual details are the same everywhere, and are seen and deleted together.
choice-links = Linked platforms
choice-link-code = Get a link code
choice-part = Unlink: { $platform }
link-code = Link code: { $code }
link-how = On the other platform, send me in private: /code { $code }
link-secret = Good for 10 minutes, once. Give it to nobody: whoever uses it can see your applications.
link-ask = Be the same person here and on these platforms?
link-ask-comes = From here come drafts ({ $drafts }), applications ({ $applications }) and the usual details.
link-warning = Go on only if you got the code yourself: after that, what you have here can be seen, changed and deleted there.
choice-same-person = It is me, link
link-done = Linked. Drafts, applications and usual details are the same in both places.
link-same = These are one person already. A link code is for the other platform.
link-told = Somebody on “{ $platform }” has linked to this place with your code and can see your applications now. If it was not you, unlink it at once.
link-gone = That place is unlinked already.
link-parted = “{ $platform }” is unlinked. The applications stay here.
link-parted-told = This place is not linked with “{ $platform }” any more; the applications there do not show here.
